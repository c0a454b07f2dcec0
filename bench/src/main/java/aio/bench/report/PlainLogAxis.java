package aio.bench.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;

/** A logarithmic axis whose numbers stay text in the file; those of the original would become outlines of letters. */
final class PlainLogAxis extends LogAxis {
    private static final double DECADES_FOR_TENS = 2;
    private final NumberFormat format = new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));

    /** Makes one with marks at powers of ten, or of two if it covers little. */
    PlainLogAxis(String label, double lowest, double highest) {
        super(label);
        setNumberFormatOverride(format);
        setBase(Math.log10(highest / lowest) > DECADES_FOR_TENS ? 10 : 2);
        setTickUnit(new NumberTickUnit(1), false, true);
        setRange(lowest, highest);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public List refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
        List<NumberTick> plain = new ArrayList<>();
        for (Object tick : super.refreshTicks(graphics, state, area, edge)) {
            if (tick instanceof ValueTick mark && mark.getTickType() == TickType.MAJOR) {
                plain.add(new NumberTick(mark.getValue(), format.format(mark.getValue()), mark.getTextAnchor(),
                        mark.getRotationAnchor(), mark.getAngle()));
            }
        }
        return plain;
    }
}
