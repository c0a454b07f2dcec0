package aio.bench.picture;

import aio.bench.report.Svg;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.io.IOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws a recording as SVG: the throughput above, the round trips below, a mark through both at each swap. */
final class RecordingDrawing {
    private static final Dimension SIZE = new Dimension(860, 480);
    private static final Color BLUE = new Color(0x0072b2);
    private static final Color ORANGE = new Color(0xd55e00);
    private static final Color GREY = new Color(0x9a9a9a);
    private static final Color GRID = new Color(0xd0d0d0);
    private static final Color MARK = new Color(0x009e73);
    private static final Color PALE_MARK = new Color(0x99d8c7);
    private static final Color LABEL = new Color(0x00664a);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private final Recording recording;

    RecordingDrawing(Recording recording) {
        this.recording = recording;
    }

    /** Returns the text of the file. */
    String draw() throws IOException {
        NumberAxis time = axis("seconds");
        time.setRange(0, recording.seconds(recording.slices().get(recording.slices().size() - 1).end()));
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(time);
        plot.setGap(12);
        XYPlot throughput = plot("echoes per second");
        add(throughput, "throughput", Slice::perSecond);
        XYPlot roundTrip = plot("round trip, ms");
        add(roundTrip, "p99 of the round trip", slice -> recording.milliseconds(slice.p99Nanos()));
        add(roundTrip, "slowest round trip", slice -> recording.milliseconds(slice.slowestNanos()));
        plot.add(throughput, 3);
        plot.add(roundTrip, 2);
        JFreeChart chart = Svg.chart(Recording.TITLE, plot);
        caption(chart);
        look(throughput, BLUE);
        look(roundTrip, ORANGE, GREY);
        mark(throughput, true);
        mark(roundTrip, false);
        return Svg.of(chart, SIZE, Recording.TITLE, recording.describe());
    }

    private void caption(JFreeChart chart) {
        chart.addSubtitle(0, new TextTitle(recording.summary(), SMALL));
        TextTitle machine = new TextTitle(recording.machine(), SMALL.deriveFont(11f));
        machine.setPosition(RectangleEdge.BOTTOM);
        chart.addSubtitle(machine);
    }

    private static XYPlot plot(String label) {
        return new XYPlot(new XYSeriesCollection(), null, axis(label), new XYLineAndShapeRenderer(true, false));
    }

    private static NumberAxis axis(String label) {
        NumberAxis axis = new NumberAxis(label);
        axis.setNumberFormatOverride(new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        return axis;
    }

    private void add(XYPlot plot, String name, ToDoubleFunction<Slice> value) {
        XYSeries series = new XYSeries(name);
        for (Slice slice : recording.slices()) {
            double middle = (recording.seconds(slice.begin()) + recording.seconds(slice.end())) / 2;
            series.add(middle, value.applyAsDouble(slice));
        }
        ((XYSeriesCollection) plot.getDataset()).addSeries(series);
    }

    private static void look(XYPlot plot, Color... colours) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlinesVisible(false);
        for (int i = 0; i < colours.length; i++) {
            plot.getRenderer().setSeriesPaint(i, colours[i]);
            plot.getRenderer().setSeriesStroke(i, new BasicStroke(2));
        }
    }

    /** Marks the time from the order of a swap to the message that it is done, and names the new policy if asked. */
    private void mark(XYPlot plot, boolean named) {
        for (Swap swap : recording.swaps()) {
            IntervalMarker mark = new IntervalMarker(
                    recording.seconds(swap.ordered()), recording.seconds(swap.told()), PALE_MARK);
            mark.setOutlinePaint(MARK);
            mark.setOutlineStroke(new BasicStroke(1));
            mark.setAlpha(1); // of the label too
            if (named) {
                mark.setLabel(swap.policy() + " (" + swap.driver() + ")");
                mark.setLabelFont(SMALL);
                mark.setLabelPaint(LABEL);
                mark.setLabelBackgroundColor(Color.WHITE);
                mark.setLabelOffset(new RectangleInsets(3, 3, 3, 5));
                mark.setLabelAnchor(RectangleAnchor.BOTTOM_RIGHT);
                mark.setLabelTextAnchor(TextAnchor.BOTTOM_LEFT);
            }
            plot.addDomainMarker(mark, Layer.BACKGROUND);
        }
    }
}
