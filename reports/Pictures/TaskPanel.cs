namespace RailCluster.Reports;

/// <summary>Draws one of the trainer's own figures over the checkpoints.</summary>
internal static class TaskPanel
{
    public static void Draw(Canvas canvas, RunTrend trend, string name, AxisScale across, double top, double tall, double left, double right)
    {
        var points = trend.Steps
            .SelectMany((step, index) => step.Tasks.Where(task => task.Name == name).Take(1).Select(task => (Index: index, Task: task)))
            .ToList();
        var (low, high) = (points.Min(point => point.Task.Value), points.Max(point => point.Task.Value));
        var room = high > low ? (high - low) * 0.12 : Math.Max(Math.Abs(high) * 0.1, 0.1);
        var scale = new AxisScale(low - room, high + room, top + tall, top);
        canvas.Line(left, top + tall, right, top + tall, Ink.Rule);
        canvas.Line(left, top, right, top, Ink.Rule);
        if (double.IsFinite(scale.High - scale.Low))
        {
            var line = points.Select(point => new Spot(across.At(point.Index), scale.At(point.Task.Value))).ToList();
            canvas.Path(line, Ink.Checkpoint, 2);
            foreach (var point in line) canvas.Mark(MarkForm.Square, point.X, point.Y, 4, Ink.Checkpoint);
        }

        canvas.Text(left - 8, top + 10, MeasureText.Figure(high), Anchor.End, Ink.Soft, 12);
        if (high > low) canvas.Text(left - 8, top + tall, MeasureText.Figure(low), Anchor.End, Ink.Soft, 12);
        canvas.Text(right + 8, top + tall / 2 - 2, Short(name), Anchor.Start, Ink.Checkpoint, bold: true);
        canvas.Text(right + 8, top + tall / 2 + 14, points[^1].Task.HigherIsBetter ? "higher is better" : "lower is better", Anchor.Start, Ink.Soft, 12);
    }

    private static string Short(string name) => Evaluation.SafeText.Line(name, 21);
}
