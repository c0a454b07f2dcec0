package aio.testkit.limits;

import aio.spi.IoDriverFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The main program of a {@link LimitedProcess}: ends with status 0 if the scenario succeeds. */
public final class LimitedMain {
    private static final String CLASS = ".class";

    private LimitedMain() {}

    /**
     * Runs one scenario.
     *
     * @param arguments the names of the scenario, of the driver under test, and of another one
     */
    public static void main(String[] arguments) throws Exception {
        loadEverything();
        Scenario scenario = (Scenario) made(arguments[0]);
        try (scenario) {
            scenario.begin((IoDriverFactory) made(arguments[1]), (IoDriverFactory) made(arguments[2]));
            scenario.run();
        }
    }

    private static Object made(String name) throws ReflectiveOperationException {
        return Class.forName(name).getDeclaredConstructor().newInstance();
    }

    /** Classes in folders need descriptors to be loaded, and a class that fails to load once is missing for ever. */
    private static void loadEverything() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    load(files.map(file -> path.relativize(file).toString()).toList());
                }
            } else if (Files.isRegularFile(path)) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    load(jar.stream().map(each -> each.getName()).toList());
                }
            }
        }
    }

    private static void load(List<String> files) {
        for (String file : files) {
            if (file.startsWith("aio") && file.endsWith(CLASS)) {
                String name = file.substring(0, file.length() - CLASS.length()).replace(File.separatorChar, '.');
                try {
                    Class.forName(name, false, LimitedMain.class.getClassLoader());
                } catch (ClassNotFoundException | LinkageError e) {
                    continue; // a class for a framework that is not here
                }
            }
        }
    }
}
