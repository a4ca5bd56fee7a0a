using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>Which classifier scores, and what computes it.</summary>
/// <param name="Folder">Folder with the graph, <c>tokenizer.json</c> and <c>rail-scorer.json</c>.</param>
public sealed record ClassifierOptions(string Folder)
{
    /// <summary>What computes; the processor unless said otherwise.</summary>
    public ComputeDevice Device { get; init; } = new();

    /// <summary>Threads of the runtime; 0 for the processors that this process may use.</summary>
    public int Threads { get; init; }

    /// <summary>Most tokens of a batch, padding included; 1 or more. One answer may have more.</summary>
    public int BatchTokens { get; init; } = 8192;

    /// <summary>Answers that are worked on or wait to be at a time; 1 to 8,192.</summary>
    public int InFlight { get; init; } = 512;
}
