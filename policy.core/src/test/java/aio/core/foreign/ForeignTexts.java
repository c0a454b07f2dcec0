package aio.core.foreign;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Handle;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Label;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Type;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds where a class makes the text of an object that may be foreign, by the type that the object has there: that of
 * what was loaded or returned last before the text is made.
 */
final class ForeignTexts {

    /** What any code may implement or extend, and that has no text of its own which is known to be harmless. */
    private static final List<Class<?>> OPEN = List.of(Throwable.class, Runnable.class, Callable.class, Supplier.class,
            Function.class, BiConsumer.class, Executor.class,
            CompletionStage.class, aio.transport.StreamProtocol.class,
            aio.transport.DatagramProtocol.class, aio.transport.ReadPipeProtocol.class,
            aio.transport.WritePipeProtocol.class, aio.process.SubprocessProtocol.class, aio.loop.TaskFactory.class,
            aio.loop.NameResolver.class, aio.loop.ExceptionHandler.class, aio.policy.EventLoopPolicy.class,
            aio.policy.PolicyListener.class, aio.policy.ChildWatcher.class, aio.spi.IoDriverFactory.class,
            aio.spi.IoDriver.class, aio.spi.Port.class);

    private ForeignTexts() {}

    static List<String> of(JavaClass type) {
        List<String> found = new ArrayList<>();
        String resource = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = ForeignTexts.class.getResourceAsStream(resource)) {
            new ClassReader(in).accept(new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                        int access, String name, String descriptor, String signature, String[] exceptions) {
                    return new Texts(type.getName() + "." + name, found);
                }
            }, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static boolean isOpen(String internalName) {
        try {
            Class<?> type = Class.forName(internalName.replace('/', '.'), false, ForeignTexts.class.getClassLoader());
            boolean ofCore = type.getName().startsWith("aio.core.");
            return type == Object.class || !ofCore && OPEN.stream().anyMatch(open -> open.isAssignableFrom(type));
        } catch (ClassNotFoundException e) {
            return true;
        }
    }

    /** One method; the types of local variables are only known at its end, where their table is. */
    private static final class Texts extends MethodVisitor {
        private final String method;
        private final List<String> found;
        private final List<Label> labels = new ArrayList<>();
        private final List<Use> uses = new ArrayList<>();
        private String last = "";

        /** A local variable whose text is made after so many labels. */
        private record Use(int variable, int labels) {}

        Texts(String method, List<String> found) {
            super(Opcodes.ASM9);
            this.method = method;
            this.found = found;
        }

        @Override
        public void visitLabel(Label label) {
            labels.add(label);
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            last = opcode == Opcodes.ALOAD ? "var " + variable : "";
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            last = Type.getType(descriptor).getInternalName();
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            last = type;
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle handle, Object... arguments) {
            last = Type.getReturnType(descriptor).getInternalName();
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean ofObject = descriptor.startsWith("(Ljava/lang/Object;)")
                    && (owner.equals("java/lang/String") && name.equals("valueOf")
                            || owner.equals("java/lang/StringBuilder") && name.equals("append"));
            if (ofObject) {
                made(last);
            } else if (name.equals("<init>") && descriptor.equals("(Ljava/lang/Throwable;)V") && asksCause(owner)) {
                found.add(method + " makes a " + owner + " with the text of its cause");
            } else if (name.equals("toString") && descriptor.equals("()Ljava/lang/String;")) {
                made(owner);
            } else if (name.equals("getMessage") && isAny(owner)) {
                found.add(method + " asks a " + owner + " for its message");
            }
            last = Type.getReturnType(descriptor).getInternalName();
        }

        /** All of the JDK's do, except for one. */
        private static boolean asksCause(String owner) {
            return !owner.startsWith("aio/core/") && !owner.equals("java/lang/ExceptionInInitializerError");
        }

        private static boolean isAny(String owner) {
            return owner.equals("java/lang/Throwable") || owner.equals("java/lang/Exception")
                    || owner.startsWith("java/security/cert/");
        }

        private void made(String of) {
            if (of.startsWith("var ")) {
                uses.add(new Use(Integer.parseInt(of.substring(4)), labels.size()));
            } else if (!of.isEmpty() && !of.startsWith("[") && isOpen(of)) {
                found.add(method + " makes the text of a " + of);
            }
        }

        @Override
        public void visitLocalVariable(
                String name, String descriptor, String signature, Label start, Label end, int variable) {
            String type = Type.getType(descriptor).getInternalName();
            boolean isMade = uses.stream().anyMatch(use -> use.variable() == variable
                    && labels.indexOf(start) < use.labels() && labels.indexOf(end) >= use.labels());
            if (isMade && Type.getType(descriptor).getSort() == Type.OBJECT && isOpen(type)) {
                found.add(method + " makes the text of " + name + ", a " + type);
            }
        }
    }
}
