package aio.proof.drivers;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.DriverSuite;

/** What an implementer of a driver writes, for the driver whose fault is in hand; run by {@link FaultsTest} only. */
class PlantedSuite extends DriverSuite {
    static volatile Fault fault = Fault.NONE;

    @Override
    protected IoDriverFactory driver() {
        return new Planted(fault);
    }
}
