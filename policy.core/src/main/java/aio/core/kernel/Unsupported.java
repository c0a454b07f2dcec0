package aio.core.kernel;

import aio.loop.Feature;

/** Says in the same words everywhere what a loop cannot do. Any thread. */
public final class Unsupported {
    private Unsupported() {}

    /**
     * Returns the exception.
     *
     * @param advice what to do instead
     */
    public static UnsupportedOperationException by(Kernel kernel, Feature feature, String advice) {
        return new UnsupportedOperationException("loop \"" + kernel.loopName() + "\" on driver \""
                + kernel.seat().driverName() + "\" does not support " + feature + ": " + advice
                + "; ask supports() before");
    }
}
