package aio.core.net;

import aio.core.kernel.Kernel;
import aio.core.kernel.Unsupported;
import aio.loop.Feature;

/** Refuses what a loop cannot do. Any thread. */
public final class Supported {
    private Supported() {}

    public static void check(Kernel kernel, Feature feature) {
        if (!kernel.loop().supports(feature)) {
            throw Unsupported.by(kernel, feature, "use a policy whose driver does, such as the selector");
        }
    }
}
