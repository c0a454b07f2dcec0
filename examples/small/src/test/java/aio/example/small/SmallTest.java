package aio.example.small;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The small program works, and stays small. */
@Timeout(30)
class SmallTest {
    private static final Path SOURCE = Path.of("src/main/java/aio/example/small/Small.java");

    @Test
    void theProgram_printsWhatItsChildSays() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "echo is a program of Unix");
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            Small.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(UTF_8)).isEqualTo("hello child\n");
    }

    @Test
    void theProgram_hasAtMost22Lines() throws Exception {
        List<String> lines = Files.readAllLines(SOURCE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package "))
                .toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(22);
    }
}
