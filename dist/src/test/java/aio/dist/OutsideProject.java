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
 * The project in {@code examples/outside}, as it is for a developer without this repository: copied, and built by a
 * Maven of its own with an empty local repository. That gets aio from a repository with what a release consists of; it
 * takes plugins and foreign artifacts from what this build has fetched already, so that it needs no network.
 */
final class OutsideProject {
    /** The tests in Karaf find the bundles here, too. */
    private static final Path WORK = Path.of(System.getProperty("basedir", ""), "target", "outside").toAbsolutePath();
    private static final Path SOURCES = WORK.resolve("../../../examples/outside").normalize();
    /** The repository of a release, if one has been staged; else the present build is laid out as one. */
    private static final String STAGING = System.getProperty("outside.staging", "");
    private static final long BUILD_SECONDS = 300;
    private static final String GROUP = "io/github/aio-osgi";

    private OutsideProject() {}

    /** Forgets what was built before. */
    static void clean() throws IOException {
        if (Files.exists(WORK)) {
            Files.walkFileTree(WORK, new SimpleFileVisitor<>() {
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

    /** Returns the repository that has aio. */
    static Path stage() throws IOException {
        return STAGING.isEmpty() ? Published.layOut(WORK.resolve("staging")) : Path.of(STAGING);
    }

    /** Builds one version from a repository; returns its bundle. */
    static Path build(Path staging, String version, String... options) throws Exception {
        Path project = WORK.resolve(version);
        copy(project);
        Path pom = project.resolve("pom.xml");
        String text = Files.readString(pom);
        assertThat(text).contains("<version>1.0</version>");
        Files.writeString(pom, text.replace("<version>1.0</version>", "<version>" + version + "</version>"));
        Path settings = Files.writeString(WORK.resolve("settings.xml"), settings(staging));
        String maven = Path.of(System.getProperty("outside.maven"), "bin", "mvn").toString();
        List<String> command = new ArrayList<>(List.of(maven, "-B", "-ntp", "-s", settings.toString(),
                "-gs", settings.toString(), "-Dmaven.repo.local=" + WORK.resolve("repository")));
        command.addAll(List.of(options));
        command.add("package");
        run(project, command);
        return project.resolve("target/careful-policy-" + version + ".jar");
    }

    private static void copy(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(file -> !file.startsWith(SOURCES.resolve("target"))).toList()) {
                Path target = project.resolve(SOURCES.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Everything but aio comes from the folder of fetched artifacts, so that nothing is asked of the network. */
    private static String settings(Path staging) throws IOException {
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
                """.formatted(fetched().toUri(), staging.toUri(), central, central);
    }

    /** Links everything that was fetched, except for aio, which a developer may have installed there. */
    private static Path fetched() throws IOException {
        Path links = WORK.resolve("fetched");
        if (!Files.exists(links)) {
            link(Path.of(System.getProperty("outside.fetched")), links, Path.of(GROUP).iterator());
        }
        return links;
    }

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

    private static void run(Path project, List<String> command) throws IOException, InterruptedException {
        Path log = project.resolve("mvn.log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("MAVEN_ARGS", "MAVEN_PROJECTBASEDIR", "MAVEN_BASEDIR"));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0).as(() -> command + " failed: " + text(log)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Returns what Maven has printed. */
    static String log(String version) {
        return text(WORK.resolve(version).resolve("mvn.log"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where each file of aio came from, as the local repository has noted it. */
    static List<String> origins() throws IOException {
        List<String> origins = new ArrayList<>();
        try (Stream<Path> files = Files.walk(WORK.resolve("repository").resolve(GROUP))) {
            for (Path file : files.filter(each -> each.endsWith("_remote.repositories")).toList()) {
                Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).forEach(origins::add);
            }
        }
        return origins;
    }
}
