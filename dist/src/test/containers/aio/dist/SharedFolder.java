package aio.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder as Kubernetes lays out a ConfigMap: each file is a link to {@code ..data/NAME}, and {@code ..data} is a link
 * to the folder of a version, which one rename exchanges. Confined to one thread.
 */
public final class SharedFolder {
    private static final String DATA = "..data";

    private final Path folder;
    private int versions;

    private SharedFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes one in an empty folder. */
    public static SharedFolder in(Path folder) {
        return new SharedFolder(folder);
    }

    /** Returns where it is. */
    public Path path() {
        return folder;
    }

    /** Returns a file as a reader sees it. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Publishes a version that has only this file. */
    public void publish(String name, String text) throws IOException {
        publish(Map.of(name, text), FileTime.from(Instant.now()));
    }

    /**
     * Publishes a version that has only these files, by name: the steps are those of the kubelet, in its order.
     *
     * @param modified when they were modified, as their readers see it
     */
    public void publish(Map<String, String> files, FileTime modified) throws IOException {
        Path next = Files.createDirectory(folder.resolve("..version_" + ++versions));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.setLastModifiedTime(Files.writeString(next.resolve(file.getKey()), file.getValue()), modified);
        }
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
        Files.move(link, folder.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
        for (String name : files.keySet()) {
            if (!Files.isSymbolicLink(folder.resolve(name))) {
                Files.createSymbolicLink(folder.resolve(name), Path.of(DATA, name));
            }
        }
        for (Path entry : entries(folder)) {
            String name = entry.getFileName().toString();
            if (!name.startsWith("..") && !files.containsKey(name)) {
                Files.delete(entry);
            }
        }
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !entry.equals(next)) {
                deleteVersion(entry);
            }
        }
    }

    private static void deleteVersion(Path version) throws IOException {
        for (Path file : entries(version)) {
            Files.delete(file);
        }
        Files.delete(version);
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
