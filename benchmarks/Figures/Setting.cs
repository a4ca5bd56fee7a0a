namespace RailCluster.Benchmarks;

/// <summary>What all figures of one model share.</summary>
/// <param name="Model">Model folder.</param>
/// <param name="Kind"><c>gqa</c> or <c>plain</c>.</param>
/// <param name="Threads">Threads of every engine that takes part.</param>
/// <param name="Slots">Rows that the engine may have in flight on ragged work.</param>
/// <param name="Rounds">Times that a pair is measured, one after the other; the middle ratio counts.</param>
/// <param name="Peer">Folder of the peer.</param>
/// <param name="Progress">Takes lines for a person who waits.</param>
internal sealed record Setting(string Model, string Kind, int Threads, int Slots, int Rounds, string Peer, Action<string> Progress)
{
    /// <summary>The graph file.</summary>
    public string Graph => Training.ModelFolder.Graph(Model);

    /// <summary>A bound that holds for GQA; plain-op figures stand beside it.</summary>
    public double? Target(double bound) => Kind == "gqa" ? bound : null;

    /// <summary>Measures two sides in turn, so that what slows the machine slows both.</summary>
    /// <returns>The ratio second to first of every round.</returns>
    public async Task<double[]> PairAsync(string what, Func<Task<double>> first, Func<Task<double>> second)
    {
        var ratios = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            double one = await first(), other = await second();
            ratios[round] = other / one;
            Progress(FormattableString.Invariant($"{what}, {Kind}, round {round + 1}: {one:0.00} s to {other:0.00} s"));
        }

        return ratios;
    }
}
