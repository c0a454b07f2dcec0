package aio.proof.bundles;

import aio.testkit.bundle.BundleLifeSuite;
import java.nio.file.Path;

/** The life of a bundle that leaves nothing behind. */
class WinSelectorLifeIT extends BundleLifeSuite {
    @Override
    protected Path bundle() {
        return onClassPath("aio.policy.winselector");
    }

    @Override
    protected String policy() {
        return "winselector";
    }
}
