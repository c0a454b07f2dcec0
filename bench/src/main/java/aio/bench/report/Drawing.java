package aio.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws a chart as SVG; the same figures make the same file, with the same fonts. */
final class Drawing {
    private static final Dimension SIZE = new Dimension(860, 440);
    private static final Color GRID = new Color(0xd0d0d0);

    /** Colours that stay apart for the colour-blind; a subject has the same one in every chart. */
    private static final Map<String, Color> COLOURS = colours();

    private static final List<Color> OTHERS = List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73),
            new Color(0xcc79a7), new Color(0xe69f00), new Color(0x56b4e9), new Color(0x7f7f7f), Color.BLACK);

    private final Chart chart;
    private final Measured measured;
    private final Map<String, Map<String, Double>> points;

    Drawing(Chart chart, Measured measured) {
        this.chart = chart;
        this.measured = measured;
        this.points = chart.points(measured);
    }

    /** Returns the text of the file. */
    String draw() throws IOException {
        JFreeChart drawn = Svg.chart(chart.title(), chart.kind() == Chart.Kind.BARS ? bars() : lines());
        drawn.getLegend().setPosition(RectangleEdge.RIGHT);
        colour(drawn.getPlot());
        return Svg.of(drawn, SIZE, chart.title(), chart.describe(measured));
    }

    private Plot bars() {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        points.forEach((subject, line) -> line.forEach((what, value) -> data.addValue(value, subject, what)));
        double base = lowest() / 2;
        BarRenderer renderer = new BarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setItemMargin(0.05);
        renderer.setBase(base);
        PlainLogAxis y = new PlainLogAxis(chart.y(measured), base, highest() * 1.2);
        return new CategoryPlot(data, new CategoryAxis(chart.x()), y, renderer);
    }

    private Plot lines() {
        XYSeriesCollection data = new XYSeriesCollection();
        points.forEach((subject, line) -> {
            XYSeries series = new XYSeries(subject);
            line.forEach((what, value) -> series.add(Chart.number(what).orElseThrow(), value));
            data.addSeries(series);
        });
        PlainLogAxis x = new PlainLogAxis(chart.x(), data.getDomainLowerBound(false) / 1.5,
                data.getDomainUpperBound(false) * 1.5);
        PlainLogAxis y = new PlainLogAxis(chart.y(measured), lowest() / 2, highest() * 2);
        return new XYPlot(data, x, y, new XYLineAndShapeRenderer(true, true));
    }

    private double lowest() {
        return values().min().orElse(1);
    }

    private double highest() {
        return values().max().orElse(1);
    }

    private DoubleStream values() {
        return points.values().stream().flatMap(line -> line.values().stream()).mapToDouble(Double::doubleValue);
    }

    private void colour(Plot plot) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        int number = 0;
        for (String subject : points.keySet()) {
            Color colour = COLOURS.getOrDefault(subject, OTHERS.get(number % OTHERS.size()));
            if (plot instanceof CategoryPlot bars) {
                bars.setRangeGridlinePaint(GRID);
                bars.getRenderer().setSeriesPaint(number, colour);
            } else if (plot instanceof XYPlot lines) {
                lines.setRangeGridlinePaint(GRID);
                lines.setDomainGridlinePaint(GRID);
                lines.getRenderer().setSeriesPaint(number, colour);
                lines.getRenderer().setSeriesStroke(number, new BasicStroke(2));
            }
            number++;
        }
    }

    private static Map<String, Color> colours() {
        Map<String, Color> colours = new LinkedHashMap<>();
        colours.put("aio selector", new Color(0x0072b2));
        colours.put("aio proactor", new Color(0x56b4e9));
        colours.put("java.nio", Color.BLACK);
        colours.put("NIO.2", new Color(0x7f7f7f));
        colours.put("Netty NIO", new Color(0xe69f00));
        colours.put("Netty epoll", new Color(0xd55e00));
        colours.put("Netty io_uring", new Color(0xcc79a7));
        colours.put("Vert.x", new Color(0x009e73));
        colours.put("asyncio", new Color(0xb8a800));
        colours.put("uvloop", new Color(0x8c510a));
        colours.put("C epoll", new Color(0x5e3c99));
        return colours;
    }
}
