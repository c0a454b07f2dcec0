package aio.dist.staged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/**
 * Two stagings, the newer of which takes the place of the older. {@code release/upgrade} makes them and says by system
 * properties where they are. Immutable.
 */
public record Upgrade(Staged older, Staged newer) {
    /** The property that names the folder of the older; without it there is nothing to test. */
    public static final String OLDER = "upgrade.old";
    /** Who sets it. */
    public static final String RUNNER = "run by release/upgrade";

    private static final String NEWER = "upgrade.new";

    /** Takes the folders that the properties name, and expects two versions. */
    public static Upgrade named() throws IOException {
        Upgrade found = new Upgrade(Staged.named(OLDER), Staged.named(NEWER));
        assertThat(found.newer.version()).as("the newer version").isNotEqualTo(found.older.version());
        return found;
    }
}
