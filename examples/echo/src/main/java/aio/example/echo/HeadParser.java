package aio.example.echo;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the head of a request.
 *
 * @param request the request
 * @param bodyLength how many bytes of body follow
 */
record HeadParser(Request request, long bodyLength) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern REQUEST_LINE = Pattern.compile("(" + TOKEN + ") (\\S+) HTTP/(\\d)\\.(\\d)");
    /** Each character has one way to match: a pattern that tries several takes hours for a long line. */
    private static final Pattern HEADER = Pattern.compile("(" + TOKEN + "):(.*)", Pattern.DOTALL);
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern ORIGIN = Pattern.compile("(?i)http://[^/?#]*");

    /**
     * Reads a head: its lines, each with a line feed alone, without the empty one at the end.
     *
     * @throws BadRequestException if it is not a head
     */
    static HeadParser parse(String head) throws BadRequestException {
        String[] lines = head.split("\n");
        Matcher line = REQUEST_LINE.matcher(lines[0]);
        if (!line.matches()) {
            throw new BadRequestException(400, "no request line, expected METHOD PATH HTTP/1.1");
        }
        if (!line.group(3).equals("1")) {
            throw new BadRequestException(505, "HTTP/" + line.group(3) + " is not spoken here, expected HTTP/1.1");
        }
        Map<String, String> headers = headers(lines);
        boolean since11 = !line.group(4).equals("0");
        if (since11 && !headers.containsKey("host")) {
            throw new BadRequestException(400, "no Host header");
        }
        if (headers.containsKey("transfer-encoding")) {
            throw new BadRequestException(501, "transfer encodings are not understood, expected a Content-Length");
        }
        Request request = new Request(line.group(1), path(line.group(2)), keepAlive(since11, headers));
        return new HeadParser(request, bodyLength(headers));
    }

    private static Map<String, String> headers(String[] lines) throws BadRequestException {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            Matcher header = HEADER.matcher(lines[i]);
            if (!header.matches()) {
                throw new BadRequestException(400, "header line " + i + " is none, expected NAME: VALUE");
            }
            if (lines[i].indexOf('\r') >= 0) {
                throw new BadRequestException(400, "header line " + i + " has a carriage return, expected it at the end"
                        + " alone");
            }
            String name = header.group(1).toLowerCase(Locale.ROOT);
            String value = withoutBlanks(header.group(2));
            String before = headers.put(name, value);
            if (before != null && name.matches("content-length|host") && !before.equals(value)) {
                throw new BadRequestException(400, "several headers " + name);
            }
        }
        return headers;
    }

    private static String withoutBlanks(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean keepAlive(boolean since11, Map<String, String> headers) {
        String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        return since11 ? !connection.contains("close") : connection.contains("keep-alive");
    }

    private static long bodyLength(Map<String, String> headers) throws BadRequestException {
        String length = headers.getOrDefault("content-length", "0");
        if (!LENGTH.matcher(length).matches()) {
            throw new BadRequestException(400, "the Content-Length is no number");
        }
        return Long.parseLong(length);
    }

    private static String path(String target) throws BadRequestException {
        String path = ORIGIN.matcher(target).replaceFirst("");
        int query = path.indexOf('?');
        path = query < 0 ? path : path.substring(0, query);
        if (path.isEmpty()) {
            return "/";
        }
        if (!path.startsWith("/") && !path.equals("*")) {
            throw new BadRequestException(400, "the target is no path");
        }
        return path;
    }
}
