package aio.bench.report;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Charts as SVG, all in one style, whose text stays text. */
public final class Svg {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final Color TEXT = new Color(0x303030);

    private Svg() {}

    /** Returns a chart as the text of a file, which also carries a title and the figures in words. */
    public static String of(JFreeChart chart, Dimension size, String title, String figures) throws IOException {
        SVGGraphics2D graphics = new SVGGraphics2D(SVGGeneratorContext.createDefault(document()), false);
        graphics.setSVGCanvasSize(size);
        chart.draw(graphics, new Rectangle(size));
        Element root = graphics.getRoot();
        root.setAttribute("viewBox", "0 0 " + size.width + " " + size.height);
        root.insertBefore(element(root, "desc", figures), root.getFirstChild());
        root.insertBefore(element(root, "title", title), root.getFirstChild());
        StringWriter out = new StringWriter();
        graphics.stream(root, out, true, false);
        return out.toString();
    }

    private static Element element(Element root, String name, String content) {
        Element element = root.getOwnerDocument().createElementNS(NAMESPACE, name);
        element.setTextContent(content);
        return element;
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK makes no XML documents", e);
        }
    }

    /** Returns a chart of that style, with a legend. */
    public static JFreeChart chart(String title, Plot plot) {
        JFreeChart chart = new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        theme().apply(chart);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getLegend().setFrame(BlockBorder.NONE);
        return chart;
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
}
