package aio.testkit.net;

import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One way in which one method of a driver, its factory or its ports fails at one of its calls.
 *
 * @param type what the method is called on
 * @param method the method, which may be inherited
 * @param kind what it does instead
 * @param call the number of the call, from 1
 * @param forEver whether each later call fails as well
 */
record DriverFault(Class<?> type, Method method, Kind kind, int call, boolean forEver) {

    /** What a method does instead of its work. */
    enum Kind {
        IO_EXCEPTION, IO_EXCEPTION_BEHIND, UNCHECKED, UNCHECKED_BEHIND, STACK_OVERFLOW, LINKAGE_BEHIND, ASSERTION,
        /** Does its work, but late. */
        HANGS,
        /** Returns null. */
        NULL,
        /** Returns a negative number. */
        NEGATIVE,
        /** Does its work, and returns more than is possible. */
        HUGE,
        /** Does its work, and returns the opposite. */
        OPPOSITE,
        /** Returns a driver that is closed. */
        CLOSED,
        /** Returns what it has returned before for something else. */
        ANOTHERS,
        /** Does its work, and calls events of the port afterwards. */
        LATE_EVENTS;

        /** Tells whether a method can fail in this way. */
        boolean suits(Method method) {
            Class<?> answer = method.getReturnType();
            return switch (this) {
                case IO_EXCEPTION, IO_EXCEPTION_BEHIND ->
                        Arrays.asList(method.getExceptionTypes()).contains(IOException.class);
                case NULL -> !answer.isPrimitive();
                case NEGATIVE, HUGE -> answer == int.class || answer == long.class;
                case OPPOSITE -> answer == boolean.class || answer == Set.class;
                case CLOSED -> method.getName().equals("open");
                case ANOTHERS -> isOfSpi(answer) && !method.getName().equals("open");
                case LATE_EVENTS -> method.getName().equals("release");
                case UNCHECKED, UNCHECKED_BEHIND, STACK_OVERFLOW, LINKAGE_BEHIND, ASSERTION, HANGS -> true;
            };
        }

        private boolean throwsUnchecked() {
            return switch (this) {
                case UNCHECKED, UNCHECKED_BEHIND, STACK_OVERFLOW, LINKAGE_BEHIND, ASSERTION -> true;
                default -> false;
            };
        }
    }

    /** Tells whether the failure is to be reported; a driver that fails to name itself is shown by its class. */
    boolean isToBeTold() {
        return kind.throwsUnchecked() && !method.getName().equals("name");
    }

    /** A method and what it is called on. */
    record Target(Class<?> type, Method method) {

        /** Returns all faults of the method at a call. */
        List<DriverFault> faults(int call) {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.suits(method))
                    .map(kind -> new DriverFault(type, method, kind, call, false))
                    .toList();
        }

        /** Returns all faults of the method that last for ever. */
        List<DriverFault> lasting() {
            if (method.getName().equals("wakeup")) {
                return List.of(); // a loop that cannot be woken sleeps until something happens to its channels
            }
            return List.of(new DriverFault(type, method, Kind.UNCHECKED, 2, true),
                    new DriverFault(type, method, Kind.STACK_OVERFLOW, 1, true));
        }

        @Override
        public String toString() {
            return nameOf(type, method);
        }
    }

    /** Returns every method of drivers, of their factories and of everything that they return. */
    static List<Target> targets() {
        List<Class<?>> types = new ArrayList<>(List.of(IoDriverFactory.class));
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Class<?> type = types.get(i);
            for (Method method : type.getMethods()) {
                if (Modifier.isStatic(method.getModifiers())) {
                    continue;
                }
                targets.add(new Target(type, method));
                Class<?> answer = method.getReturnType();
                if (isOfSpi(answer) && !types.contains(answer)) {
                    types.add(answer);
                }
            }
        }
        targets.sort(Comparator.comparing(Target::toString));
        return targets;
    }

    /** Tells whether a method returns something that fails in its own way. */
    static boolean isOfSpi(Class<?> type) {
        return type.isInterface() && type.getPackage() == IoDriverFactory.class.getPackage();
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
        return nameOf(type, method) + " " + kind + (forEver ? " from call " : " at call ") + call;
    }
}
