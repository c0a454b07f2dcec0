package aio.driver.uring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendSlotsTest {
    private static final int FEW = 64;
    private static final int MANY = 4096;

    private final Arena arena = Arena.ofConfined();
    private SendSlots slots;

    @BeforeEach
    void map() throws IOException {
        slots = new SendSlots(new SystemCalls(arena), arena);
    }

    @AfterEach
    void unmap() {
        arena.close();
    }

    @Test
    void thousandsOfStreams_haveASlotForFewBytes() {
        assertThat(takeAll(FEW)).hasSizeGreaterThan(8192);
    }

    @Test
    void slotsThatAreTaken_shareNoByte() {
        List<Integer> taken = takeAll(FEW);
        for (int slot : taken) {
            slots.put(slot, 0, filled(sizeOf(slot), slot));
        }

        for (int slot : taken) {
            int size = sizeOf(slot);
            assertThat(slots.view(slot, 0, size)).isEqualTo(filled(size, slot));
        }
    }

    private int sizeOf(int slot) {
        int size = FEW;
        while (slots.holds(slot, size + FEW)) {
            size += FEW;
        }
        return size;
    }

    @Test
    void manyBytes_takeALargeSlot_asLongAsThereIsOne() {
        List<Integer> taken = takeAll(MANY);

        assertThat(taken).allMatch(slot -> slots.holds(slot, SendSlots.LARGEST));
        assertThat(slots.take(FEW)).isNotEqualTo(SendSlots.NONE);
        slots.giveBack(taken.get(0));
        assertThat(slots.take(MANY)).isEqualTo(taken.get(0));
    }

    @Test
    void moreThanTheLargestSlot_hasNone() {
        assertThat(slots.take(SendSlots.LARGEST)).isNotEqualTo(SendSlots.NONE);
        assertThat(slots.take(SendSlots.LARGEST + 1)).isEqualTo(SendSlots.NONE);
    }

    @Test
    void bytesThatAreCopied_areThereInFrontOfTheNextOnes() {
        int small = slots.take(FEW);
        int large = slots.take(MANY);
        slots.put(small, 0, filled(FEW, 1));

        slots.copy(small, large, FEW);
        slots.put(large, FEW, filled(MANY - FEW, 2));

        assertThat(slots.view(large, 0, FEW)).isEqualTo(filled(FEW, 1));
        assertThat(slots.view(large, FEW, MANY)).isEqualTo(filled(MANY - FEW, 2));
    }

    @Test
    void slotsThatComeBack_areNotTaken() {
        takeAll(FEW).forEach(slots::giveBack);

        assertThat(slots.taken()).isZero();
    }

    private List<Integer> takeAll(int size) {
        List<Integer> taken = new ArrayList<>();
        for (int slot = slots.take(size); slot != SendSlots.NONE; slot = slots.take(size)) {
            taken.add(slot);
        }
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(slots.taken()).isEqualTo(taken.size());
        return taken;
    }

    private static ByteBuffer filled(int size, int with) {
        ByteBuffer filled = ByteBuffer.allocate(size);
        while (filled.hasRemaining()) {
            filled.putInt(with);
        }
        return filled.flip();
    }
}
