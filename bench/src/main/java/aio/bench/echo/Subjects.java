package aio.bench.echo;

import aio.bench.echo.server.AioServer;
import aio.bench.echo.server.JavaNioServer;
import aio.bench.echo.server.NettyServer;
import aio.bench.echo.server.Nio2Server;
import aio.bench.echo.server.VertxServer;
import aio.bench.process.JavaCommand;
import aio.bench.process.Pythons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands that start the servers. A {@link MissingException} says what is missing on this system. */
final class Subjects {
    /**
     * The name of a second instance of a subject ends with this: it shows how far figures differ where nothing does.
     */
    static final String AGAIN = " (A/A)";

    private final Path directory;
    private final Pythons pythons;

    /** Prepares them in a directory. */
    Subjects(Path directory, Pythons pythons) {
        this.directory = directory;
        this.pythons = pythons;
    }

    /** Returns the command of a subject, over TLS if there are arguments for it. */
    List<String> command(String subject, List<String> tls) throws IOException, InterruptedException, MissingException {
        String name = subject.endsWith(AGAIN) ? subject.substring(0, subject.length() - AGAIN.length()) : subject;
        return switch (name) {
            case "aio selector" -> java(AioServer.class, "selector", tls);
            case "aio uring" -> uring(tls);
            case "aio proactor" -> java(AioServer.class, "proactor", tls);
            case "Netty NIO" -> java(NettyServer.class, "nio", tls);
            case "Netty epoll" -> java(NettyServer.class, "epoll", tls);
            case "Netty io_uring" -> java(NettyServer.class, "io_uring", tls);
            default -> tls.isEmpty() ? plain(name) : noTls(name);
        };
    }

    private List<String> plain(String name) throws IOException, InterruptedException, MissingException {
        return switch (name) {
            case "java.nio" -> JavaCommand.of(JavaNioServer.class, List.of());
            case "NIO.2" -> JavaCommand.of(Nio2Server.class, List.of());
            case "Vert.x" -> JavaCommand.of(VertxServer.class, List.of());
            case "asyncio", "uvloop" -> List.of(python(name), copy("echo.py").toString(), name);
            case "C epoll" -> List.of(compiled("echo"));
            case "C io_uring" -> List.of(compiled("uring"));
            default -> throw new IllegalArgumentException("subject \"" + name + "\" is unknown: expected aio selector,"
                    + " aio proactor, aio uring, java.nio, NIO.2, Netty NIO, Netty epoll, Netty io_uring, Vert.x,"
                    + " asyncio, uvloop, C epoll or C io_uring, each perhaps with \"" + AGAIN + "\" after it");
        };
    }

    private static List<String> noTls(String name) {
        throw new IllegalArgumentException(
                "subject \"" + name + "\" has no TLS: expected aio selector, aio proactor or one of Netty's");
    }

    private static List<String> uring(List<String> tls) throws MissingException {
        if (Runtime.version().feature() < 22) {
            throw new MissingException("its policy needs JDK 22 or later");
        }
        return java(AioServer.class, "uring", tls);
    }

    private static List<String> java(Class<?> main, String kind, List<String> tls) {
        List<String> args = new ArrayList<>(List.of(kind));
        args.addAll(tls);
        return JavaCommand.of(main, args);
    }

    private String python(String module) throws MissingException {
        return pythons.with(module).orElseThrow(() -> new MissingException(pythons.absence(module)));
    }

    private String compiled(String name) throws IOException, InterruptedException, MissingException {
        String program = directory.resolve(name).toString();
        if (!succeeds("cc", "-O2", "-o", program, copy(name + ".c").toString())) {
            throw new MissingException("there is no C compiler \"cc\", or it failed");
        }
        return program;
    }

    private Path copy(String name) throws IOException {
        Path copy = directory.resolve(name);
        try (InputStream in = Subjects.class.getResourceAsStream("server/" + name)) {
            Files.write(copy, in.readAllBytes());
        }
        return copy;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean success = process.waitFor() == 0;
            if (!success) {
                System.err.println(String.join(" ", command) + ": " + said.strip());
            }
            return success;
        } catch (IOException e) { // there is no such program
            return false;
        }
    }

    /** A subject cannot run here, and why. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1;

        MissingException(String why) {
            super(why);
        }
    }
}
