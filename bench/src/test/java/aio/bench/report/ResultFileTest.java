package aio.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
    @TempDir
    Path directory;

    @Test
    void headingAndFiguresAreRead() throws IOException {
        ResultFile file = ResultFile.read(write("echo.csv", "# jdk: VM 17: fast\n# cores: 2\n# cores: server on 1\n"
                + "table,case,subject,round,metric,value,unit\necho,64 B x 32,java.nio,2,cpu,8.5,us\n"));
        assertThat(file.heading())
                .containsExactly(Map.entry("jdk", "VM 17: fast"), Map.entry("cores", "2; server on 1"));
        assertThat(file.figures()).containsExactly(new Figure("echo", "64 B x 32", "java.nio", 2, "cpu", 8.5, "us"));
    }

    @Test
    void aBadLineIsNamedWithItsFile() throws IOException {
        Path commas = write("commas.csv", "echo,1,000 connections,java.nio,2,cpu,8.5,us\n");
        assertThatIllegalArgumentException().isThrownBy(() -> ResultFile.read(commas))
                .withMessageContaining("line 1 of commas.csv").withMessageContaining("8 fields, expected 7");
        Path words = write("words.csv", "\necho,64 B,java.nio,first,cpu,8.5,us\n");
        assertThatIllegalArgumentException().isThrownBy(() -> ResultFile.read(words))
                .withMessageContaining("line 2 of words.csv");
    }

    @Test
    void noDirectoryIsNoFigures() throws IOException {
        assertThat(ResultFile.readAll(directory.resolve("none"))).isEmpty();
    }

    @Test
    void aTableInTwoFilesIsRefused() throws IOException {
        write("a.csv", "echo,64 B,java.nio,1,cpu,8.5,us\n");
        write("b.csv", "echo,64 B,java.nio,1,cpu,8.5,us\n");
        List<ResultFile> files = ResultFile.readAll(directory);
        assertThatIllegalArgumentException().isThrownBy(() -> Measured.byTable(files)).withMessageContaining("b.csv");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
