package aio.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts processes that see a folder read-only, as a container sees a ConfigMap, while others write there. Where that
 * is not possible, {@link #SAVES} forbids to write.
 */
public final class ReadOnly {
    /** The property of a framework that is {@code false} where File Install must write nothing. */
    public static final String SAVES = "felix.fileinstall.enableConfigSave";

    private static final String MOUNTED =
            "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"";
    private static final long PATIENCE_SECONDS = 30;

    private ReadOnly() {}

    /** Returns what to write before a command; empty where mounts are not allowed. */
    public static List<String> prefix(Path folder) throws IOException, InterruptedException {
        for (String unshare : List.of("-m", "-rm")) { // for root; for others, where the system lets them
            List<String> prefix = List.of("unshare", unshare, "sh", "-c", MOUNTED, folder.toString());
            List<String> trial = new ArrayList<>(prefix);
            trial.addAll(List.of("sh", "-c", "! touch \"$0\"/trial 2>/dev/null", folder.toString()));
            if (succeeds(trial)) {
                return prefix;
            }
        }
        return List.of();
    }

    private static boolean succeeds(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            return false; // there is no such command here
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
