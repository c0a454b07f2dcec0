package aio.proof.bundles;

import aio.driver.selector.SelectorDriverFactory;
import aio.testkit.bundle.BundleJar;
import aio.testkit.bundle.BundleLifeSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The suite of a bundle that is made of an activator; run by {@link LifeIT} only. */
class LeavingSuite extends BundleLifeSuite {
    static volatile Class<? extends Leaving> activator = Leaving.class;

    @Override
    protected Path bundle() {
        try {
            return BundleJar.of("aio.proof.leaving", activator).with(Leaving.class)
                    .withPackageOf(SelectorDriverFactory.class).withPackageOf(aio.driver.nio.NioDriver.class)
                    .write(Files.createTempFile(Path.of("target"), "leaving", ".jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected String policy() {
        return "leaving";
    }
}
