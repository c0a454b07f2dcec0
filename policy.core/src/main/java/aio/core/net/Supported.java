package aio.core.net;

import aio.core.kernel.Kernel;
import aio.loop.Feature;

/** Refuses what the driver of a loop cannot do. Any thread. */
final class Supported {
    private Supported() {}

    static void check(Kernel kernel, Feature feature) {
        if (!kernel.loop().supports(feature)) {
            throw new UnsupportedOperationException("loop \"" + kernel.loopName() + "\" on driver \""
                    + kernel.seat().driverName() + "\" does not support " + feature
                    + ": use a policy whose driver does, such as the selector, and ask supports() before");
        }
    }
}
