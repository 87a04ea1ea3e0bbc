package io.hedgerow.evaluate.data;

import com.fasterxml.jackson.databind.JsonNode;

/** The shapes of labelme that have an area. */
final class LabelmeShape {
    private static final int CIRCLE = 64;

    private LabelmeShape() {}

    static Outline of(JsonNode shape) {
        float[] points = points(shape.path("points"));
        String type = shape.path("shape_type").asText("polygon");
        return switch (type) {
            case "polygon" -> new PolygonOutline(points);
            case "rectangle" -> points.length == 4 ? box(points) : new PolygonOutline(points);
            case "circle" -> points.length == 4 ? circle(points) : new PolygonOutline(points);
            default ->
                mask -> {
                    throw new BadDataException(Reason.SHAPE_UNKNOWN, "a shape of type " + type);
                };
        };
    }

    private static Outline box(float[] points) {
        return new BoxOutline(
                Math.min(points[0], points[2]),
                Math.min(points[1], points[3]),
                Math.max(points[0], points[2]),
                Math.max(points[1], points[3]));
    }

    private static Outline circle(float[] points) {
        double radius = Math.hypot(points[2] - points[0], points[3] - points[1]);
        float[] corners = new float[2 * CIRCLE];
        for (int i = 0; i < CIRCLE; i++) {
            corners[2 * i] = (float) (points[0] + radius * StrictMath.cos(2 * Math.PI * i / CIRCLE));
            corners[2 * i + 1] = (float) (points[1] + radius * StrictMath.sin(2 * Math.PI * i / CIRCLE));
        }
        return new PolygonOutline(corners);
    }

    private static float[] points(JsonNode points) {
        float[] corners = new float[2 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            corners[2 * i] = (float) points.get(i).path(0).asDouble(Double.NaN);
            corners[2 * i + 1] = (float) points.get(i).path(1).asDouble(Double.NaN);
        }
        return corners;
    }
}
