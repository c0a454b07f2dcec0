package aio.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that docs/fleet.md tells operators to write. */
public final class Recipe {
    private static final Path DOCUMENT = PlainFelix.MODULE.resolveSibling("docs/fleet.md");
    private static final Pattern FILE = Pattern.compile("(?s)<!-- (?:file|script): (\\S+) -->\n```\\w*\n(.*?)\n```");

    /** The file that makes File Install watch the folder of the fleet. */
    public static final String WATCH = "org.apache.felix.fileinstall-fleet.cfg";
    /** The file that has the decision. */
    public static final String DECISION = "aio.policy.config";

    private Recipe() {}

    /** Returns a file as the document has it. */
    public static String file(String name) throws IOException {
        Matcher file = FILE.matcher(Files.readString(DOCUMENT));
        while (file.find()) {
            if (file.group(1).equals(name)) {
                return file.group(2) + "\n";
            }
        }
        throw new AssertionError(DOCUMENT + " has no file " + name);
    }

    private static String replaced(String text, String part, String by) {
        if (!text.contains(part)) {
            throw new AssertionError("docs/fleet.md has no '" + part + "' where it is expected, but: " + text);
        }
        return text.replace(part, by);
    }

    /** Returns the file for File Install, with another folder and another time between two looks. */
    public static String watch(Path folder, long pollMillis) throws IOException {
        String text = replaced(file(WATCH), "dir = /etc/aio\n", "dir = " + folder + "\n");
        return replaced(text, "poll = 2000\n", "poll = " + pollMillis + "\n");
    }

    /** Returns the decision, for a policy. */
    public static String decision(String policy) throws IOException {
        return replaced(file(DECISION), "pin=\"winselector\"", "pin=\"" + policy + "\"");
    }
}
