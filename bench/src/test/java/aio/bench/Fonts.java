package aio.bench;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;

/** A JDK in a bare container has no fonts, and then cannot draw. */
public final class Fonts {
    private Fonts() {}

    /** Skips the test where there are none; nothing of AWT may be loaded before. */
    public static void assumeThere() {
        System.setProperty("java.awt.headless", "true");
        boolean fonts;
        try {
            fonts = GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length > 0;
        } catch (LinkageError | InternalError | RuntimeException e) {
            fonts = false;
        }
        assumeTrue(fonts, "the JDK finds no fonts");
    }
}
