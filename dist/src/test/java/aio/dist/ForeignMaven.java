package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Maven of a developer without this repository, with an empty local repository. It gets aio from a repository with
 * what a release consists of, and takes plugins and foreign artifacts from what this build has fetched already, so that
 * it needs no network.
 */
final class ForeignMaven {
    static final String LOG = "mvn.log";

    /** The repository of a release, if one has been staged; else the present build is laid out as one. */
    private static final String STAGING = System.getProperty("outside.staging", "");
    private static final long BUILD_SECONDS = 300;
    private static final String GROUP = "io/github/aio-osgi";

    private final Path work;
    private final Path settings;

    private ForeignMaven(Path work, Path settings) {
        this.work = work;
        this.settings = settings;
    }

    /** Makes one in a folder, of which everything that was there is forgotten. */
    static ForeignMaven in(Path work) throws IOException {
        clean(work);
        Files.createDirectories(work);
        Path staging = STAGING.isEmpty() ? Published.layOut(work.resolve("staging")) : Path.of(STAGING);
        Path links = work.resolve("fetched");
        link(Path.of(System.getProperty("outside.fetched")), links, Path.of(GROUP).iterator());
        return new ForeignMaven(work, Files.writeString(work.resolve("settings.xml"), settings(staging, links)));
    }

    private static void clean(Path work) throws IOException {
        if (Files.exists(work)) {
            Files.walkFileTree(work, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    /** Everything but aio comes from the folder of fetched artifacts, so that nothing is asked of the network. */
    private static String settings(Path staging, Path fetched) {
        String central = "<id>central</id><url>https://central.invalid</url>"
                + "<releases><checksumPolicy>ignore</checksumPolicy></releases>";
        return """
                <settings>
                  <mirrors><mirror>
                    <id>fetched</id><mirrorOf>external:*</mirrorOf><url>%s</url>
                  </mirror></mirrors>
                  <profiles><profile>
                    <id>staged</id>
                    <repositories>
                      <repository><id>staged</id><url>%s</url></repository>
                      <repository>%s</repository>
                    </repositories>
                    <pluginRepositories><pluginRepository>%s</pluginRepository></pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>staged</activeProfile></activeProfiles>
                </settings>
                """.formatted(fetched.toUri(), staging.toUri(), central, central);
    }

    /** Links everything that was fetched, except for aio, which a developer may have installed there. */
    private static void link(Path from, Path to, Iterator<Path> leftOut) throws IOException {
        Files.createDirectories(to);
        Path name = leftOut.next();
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.filter(each -> !each.endsWith(name)).toList()) {
                Files.createSymbolicLink(to.resolve(child.getFileName()), child);
            }
        }
        if (leftOut.hasNext() && Files.isDirectory(from.resolve(name))) {
            link(from.resolve(name), to.resolve(name), leftOut);
        }
    }

    /** Runs Maven in a folder, and expects that it works; returns what it has printed. */
    String run(Path project, String... arguments) throws IOException, InterruptedException {
        String maven = Path.of(System.getProperty("outside.maven"), "bin", "mvn").toString();
        List<String> command = new ArrayList<>(List.of(maven, "-B", "-ntp", "-s", settings.toString(),
                "-gs", settings.toString(), "-Dmaven.repo.local=" + work.resolve("repository")));
        command.addAll(List.of(arguments));
        Path log = project.resolve(LOG);
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("MAVEN_ARGS", "MAVEN_PROJECTBASEDIR", "MAVEN_BASEDIR"));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0).as(() -> command + " failed: " + text(log)).isTrue();
            return text(log);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where each file of aio came from, as the local repository has noted it. */
    List<String> origins() throws IOException {
        List<String> origins = new ArrayList<>();
        try (Stream<Path> files = Files.walk(work.resolve("repository").resolve(GROUP))) {
            for (Path file : files.filter(each -> each.endsWith("_remote.repositories")).toList()) {
                Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).forEach(origins::add);
            }
        }
        return origins;
    }
}
