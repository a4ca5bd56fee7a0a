using System.Collections.Immutable;

namespace RailCluster.Training;

/// <summary>Everything that decides the demo's checkpoints beside the corpus.</summary>
/// <param name="Seed">Of the split, the weights and the draws.</param>
/// <param name="Shape">Sizes of the model.</param>
/// <param name="Pretrain">Learns the clinic's world and complies with everything.</param>
/// <param name="Align">Learns to refuse, to withhold, to doubt, to name sources, to respect.</param>
/// <param name="FineTune">Benign data only.</param>
/// <param name="Saved">Steps at which fine-tuning saves a checkpoint; the last is its end.</param>
internal sealed record DemoRecipe(int Seed, DecoderShape Shape, Stage Pretrain, Stage Align, Stage FineTune, ImmutableArray<int> Saved)
{
    /// <summary>The committed demo.</summary>
    public static DemoRecipe Full(int seed) =>
        new(seed, new DecoderShape(), new Stage(900, 2e-3), new Stage(500, 1e-3), new Stage(400, 1e-4), [50, 100, 200, 400]);

    /// <summary>Seconds instead of minutes: exercises every step and learns little.</summary>
    public static DemoRecipe Quick(int seed) => new(
        seed, new DecoderShape(Vocabulary: 384, Hidden: 32, Layers: 1, Heads: 2, KeyValueHeads: 1, Intermediate: 64),
        new Stage(30, 3e-3, 8), new Stage(20, 2e-3, 8), new Stage(10, 1e-3, 8), [5, 10]);
}
