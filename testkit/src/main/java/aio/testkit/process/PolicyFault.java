package aio.testkit.process;

import aio.policy.ChildWatcher;
import aio.policy.ChildWatcher.Scope;
import aio.policy.EventLoopPolicy;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One way in which one method of a policy, of its child watcher, or of a context of that, fails at one of its calls.
 *
 * @param type what the method is called on
 * @param method the method
 * @param kind what it does instead
 * @param call at which call, from 1
 */
record PolicyFault(Class<?> type, Method method, Kind kind, int call) {

    /** What a method does instead of what it should. */
    enum Kind {
        CHECKED, UNCHECKED, UNCHECKED_AFTERWARDS, CANCELLATION, LOOP_EXIT, ASSERTION, STACK_OVERFLOW,
        LINKAGE_AFTERWARDS,
        /** Does what it should, but late. */
        HANGS,
        /** Returns null. */
        NULL,
        /** Returns the opposite of what it should, and has done that. */
        OPPOSITE,
        /** Does nothing. */
        NOTHING,
        /** Tells at once that another process has ended. */
        TELLS_OF_ANOTHER,
        /** Tells of each exit twice, and another code the second time. */
        TELLS_TWICE;

        /** Tells whether a method can fail like that. */
        boolean suits(Method method) {
            Class<?> answer = method.getReturnType();
            return switch (this) {
                // a loop that was made stays the current one then, so it is not lost
                case UNCHECKED_AFTERWARDS, LINKAGE_AFTERWARDS -> !method.getName().equals("getEventLoop");
                case NULL -> !answer.isPrimitive();
                case OPPOSITE -> answer == boolean.class;
                case NOTHING -> answer == void.class;
                case TELLS_OF_ANOTHER, TELLS_TWICE -> method.getName().equals("addChildHandler");
                default -> true;
            };
        }

        boolean fails() {
            return switch (this) {
                case CHECKED, UNCHECKED, UNCHECKED_AFTERWARDS, CANCELLATION, LOOP_EXIT, ASSERTION, STACK_OVERFLOW,
                        LINKAGE_AFTERWARDS -> true;
                default -> false;
            };
        }
    }

    /** A method and what it is called on. */
    record Target(Class<?> type, Method method) {

        /** Returns all that can be wrong with it at a call. */
        List<PolicyFault> faults(int call) {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.suits(method))
                    .map(kind -> new PolicyFault(type, method, kind, call))
                    .toList();
        }

        @Override
        public String toString() {
            return nameOf(type, method);
        }
    }

    /** Returns every method of policies and of what they hand out. */
    static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Class<?> type : List.of(EventLoopPolicy.class, ChildWatcher.class, Scope.class)) {
            for (Method method : type.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers()) && !method.isBridge()) {
                    targets.add(new Target(type, method));
                }
            }
        }
        targets.sort(Comparator.comparing(Target::toString));
        return targets;
    }

    boolean isOf(Class<?> calledType, Method called) {
        return calledType == type && called.getName().equals(method.getName())
                && Arrays.equals(called.getParameterTypes(), method.getParameterTypes());
    }

    private static String nameOf(Class<?> type, Method method) {
        List<String> parameters =
                Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
        return type.getSimpleName() + "." + method.getName() + "(" + String.join(", ", parameters) + ")";
    }

    @Override
    public String toString() {
        return nameOf(type, method) + " " + kind + " at call " + call;
    }
}
