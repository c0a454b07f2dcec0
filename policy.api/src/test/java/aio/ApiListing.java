package aio;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists what users can see in a folder of class files: types, and below each its public and protected members. */
final class ApiListing {
    private ApiListing() {}

    /** Returns the lines, sorted by types, and below a type by members. */
    static List<String> of(Path classes) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name -> type(name.substring(0, name.length() - ".class".length()).replace('/', '.')))
                    .filter(ApiListing::isVisible)
                    .sorted(Comparator.comparing(Class::getName))
                    .forEach(type -> list(type, lines));
        }
        return lines;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, ApiListing.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " lies in the folder but cannot be loaded", e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return !type.isSynthetic() && !type.isAnonymousClass() && !type.isLocalClass()
                && isVisible(type.getModifiers()) && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void list(Class<?> type, List<String> lines) {
        lines.add(type.toGenericString() + parents(type));
        Stream<Member> members = Stream.of(
                type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Stream::of);
        members.filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
                .map(member -> "    " + text(member))
                .sorted()
                .forEach(lines::add);
    }

    private static String parents(Class<?> type) {
        Type parent = type.getGenericSuperclass();
        String text = parent == null || parent == Object.class ? "" : " extends " + parent.getTypeName();
        String interfaces = Stream.of(type.getGenericInterfaces()).map(Type::getTypeName)
                .collect(Collectors.joining(", "));
        return interfaces.isEmpty() ? text : text + (type.isInterface() ? " extends " : " implements ") + interfaces;
    }

    private static String text(Member member) {
        if (member instanceof Field field) {
            return field.toGenericString() + value(field);
        }
        String text = ((Executable) member).toGenericString();
        return member instanceof Method method && method.getDefaultValue() != null
                ? text + " default " + method.getDefaultValue() : text;
    }

    /** Constants are compiled into those who use them, so their values count. */
    private static String value(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        if (!constant || !field.trySetAccessible()) {
            return "";
        }
        try {
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " was made accessible and is not", e);
        }
    }
}
