package aio.core.kernel;

import aio.loop.LoopExit;

/** Decides which throwables end the loop: those that say that the JVM is broken, and the one made for it. */
public final class Guard {
    private Guard() {}

    /** Rethrows what must not be handled; returns for everything else. */
    public static void rethrowFatal(Throwable thrown) {
        if (thrown instanceof LoopExit exit) {
            throw exit;
        }
        // a recursion too deep in one callback says nothing about the JVM
        if (thrown instanceof VirtualMachineError broken && !(thrown instanceof StackOverflowError)) {
            throw broken;
        }
    }
}
