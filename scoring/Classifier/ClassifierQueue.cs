using System.Threading.Channels;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>The outputs of one answer, or why there are none.</summary>
internal readonly record struct RowResult(float[]? Outputs, string? Error);

/// <summary>
/// Brings answers to the graph. Whatever waits when the graph is free is sorted by length and read in batches, without a timer: an answer alone
/// goes at once, and many together fill batches. A row is padded to a width that its own length decides, whoever its neighbours are.
/// </summary>
internal sealed class ClassifierQueue : IAsyncDisposable
{
    private const int Capacity = 8192;
    private const int Window = 2048;
    private const int MostRows = 256;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly ClassifierGraph _graph;
    private readonly ClassifierCounts _counts;
    private readonly int _batchTokens;
    private readonly Task _work;

    /// <summary>Begins to work.</summary>
    /// <param name="graph">Disposed of with this.</param>
    /// <param name="batchTokens">Most tokens of a batch; 0 for answers one at a time, without padding.</param>
    /// <param name="counts">Takes what is done.</param>
    public ClassifierQueue(ClassifierGraph graph, int batchTokens, ClassifierCounts counts)
    {
        (_graph, _batchTokens, _counts) = (graph, batchTokens, counts);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Reads one answer.</summary>
    public async Task<RowResult> RunAsync(EncodedText text, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(text, new TaskCompletionSource<RowResult>(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken);
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return new RowResult(null, "the classifier is closed");
        }

        return await waiting.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>What waits is still read; nothing begins after it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_waiting.Writer.TryComplete()) return;
        await _work;
        _graph.Dispose();
    }

    /// <summary>The width that a row of some length is padded to: in steps that grow with it.</summary>
    internal static int Width(int length)
    {
        var step = length switch { <= 64 => 8, <= 128 => 16, <= 512 => 32, _ => 64 };
        return Math.Max(1, (length + step - 1) / step) * step;
    }

    private async Task WorkAsync()
    {
        var window = new List<Waiting>(Window);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            window.Clear();
            while (window.Count < Window && _waiting.Reader.TryRead(out var next))
            {
                if (!next.Stopped.IsCancellationRequested) window.Add(next);
            }

            // The longest first: a caller that waits for all of them waits less at the end.
            window.Sort((one, other) => other.Text.Ids.Length.CompareTo(one.Text.Ids.Length));
            for (var start = 0; start < window.Count;)
            {
                var width = WidthOf(window[start]);
                var rows = window.Skip(start).Take(Rows(width)).TakeWhile(row => WidthOf(row) == width).ToArray();
                Run(rows, width);
                start += rows.Length;
            }
        }
    }

    private int WidthOf(Waiting row) => _batchTokens == 0 ? Math.Max(1, row.Text.Ids.Length) : Width(row.Text.Ids.Length);

    private int Rows(int width) => Math.Clamp(_batchTokens / width, 1, MostRows);

    // A batch that fails, for memory perhaps, is tried answer by answer: one that breaks the graph breaks no other.
    private void Run(Waiting[] rows, int width)
    {
        try
        {
            var outputs = _graph.Run(Texts(rows), width);
            _counts.Ran(rows.Length, rows.Sum(row => row.Text.Ids.Length), rows.Length * width);
            for (var i = 0; i < rows.Length; i++) rows[i].Done.TrySetResult(new RowResult(outputs[i], null));
        }
        catch (Exception fault)
        {
            // Whatever it is: those who wait must hear of it.
            if (rows.Length > 1)
            {
                foreach (var row in rows) Run([row], width);
                return;
            }

            _counts.Failed();
            rows[0].Done.TrySetResult(new RowResult(null, SafeText.Line(fault.Message, 300)));
        }
    }

    // Matrix products with one row go another way than those with several, and add in another order: no row is alone.
    private EncodedText[] Texts(Waiting[] rows) =>
        rows.Length == 1 && _batchTokens > 0 ? [rows[0].Text, rows[0].Text] : [.. rows.Select(row => row.Text)];

    private readonly record struct Waiting(EncodedText Text, TaskCompletionSource<RowResult> Done, CancellationToken Stopped);
}
