package aio.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.block.BlockBorder;
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
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Draws a chart as SVG; the same figures make the same file, with the same fonts. */
final class Drawing {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final Dimension SIZE = new Dimension(860, 440);
    private static final Color GRID = new Color(0xd0d0d0);
    private static final Color TEXT = new Color(0x303030);

    /** Colours that stay apart for the colour-blind; a subject has the same one in every chart. */
    private static final Map<String, Color> COLOURS = colours();

    private static final List<Color> OTHERS = List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73),
            new Color(0xcc79a7), new Color(0xe69f00), new Color(0x56b4e9), new Color(0x7f7f7f), Color.BLACK);

    static {
        System.setProperty("java.awt.headless", "true"); // it draws into a file, with or without a screen
    }

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
        JFreeChart drawn = new JFreeChart(chart.title(), JFreeChart.DEFAULT_TITLE_FONT,
                chart.kind() == Chart.Kind.BARS ? bars() : lines(), true);
        theme().apply(drawn);
        drawn.setBackgroundPaint(Color.WHITE);
        drawn.getLegend().setPosition(RectangleEdge.RIGHT);
        drawn.getLegend().setFrame(BlockBorder.NONE);
        colour(drawn.getPlot());
        SVGGraphics2D graphics = new SVGGraphics2D(SVGGeneratorContext.createDefault(document()), false);
        graphics.setSVGCanvasSize(SIZE);
        drawn.draw(graphics, new Rectangle(SIZE));
        return text(graphics);
    }

    private String text(SVGGraphics2D graphics) throws IOException {
        Element root = graphics.getRoot();
        root.setAttribute("viewBox", "0 0 " + SIZE.width + " " + SIZE.height);
        root.insertBefore(element(root, "desc", chart.describe(measured)), root.getFirstChild());
        root.insertBefore(element(root, "title", chart.title()), root.getFirstChild());
        StringWriter out = new StringWriter();
        graphics.stream(root, out, true, false);
        return out.toString();
    }

    private static Element element(Element root, String name, String content) {
        Element element = root.getOwnerDocument().createElementNS(SVG, name);
        element.setTextContent(content);
        return element;
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK makes no XML documents", e);
        }
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

    private static StandardChartTheme theme() {
        StandardChartTheme theme = new StandardChartTheme("plain");
        theme.setExtraLargeFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        theme.setLargeFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        theme.setRegularFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        theme.setTitlePaint(TEXT);
        theme.setAxisLabelPaint(TEXT);
        theme.setTickLabelPaint(TEXT);
        theme.setShadowVisible(false);
        theme.setBarPainter(new StandardBarPainter());
        return theme;
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
