using static TorchSharp.torch;

namespace RailCluster.Training.Tests;

public sealed class ExportParityTests : IDisposable
{
    private const float Tolerance = 1e-4f;

    private static readonly DecoderConfig Config = new()
    {
        VocabularySize = 300,
        HiddenSize = 48,
        Layers = 2,
        Heads = 4,
        KeyValueHeads = 2,
        FeedForwardSize = 96,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly BpeTokenizer _tokenizer = BpeTrainer.Train(["a cat and a hat"], 300);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Logits_WithoutPast_EqualTheTrainers()
    {
        Torch.Require();
        using var decoder = NewDecoder();
        using var exported = Export(decoder);
        long[] ids = [5, 17, 250, 3, 99, 42, 7];
        var expected = Expected(decoder, ids);
        using var state = exported.Step(1, ids, Positions(0, 7), Ones(7), null);
        for (var i = 0; i < ids.Length; i++)
            AssertNear(expected[i], state.Logits(0, i));
    }

    [Fact]
    public void Logits_WithPast_EqualTheTrainers()
    {
        Torch.Require();
        using var decoder = NewDecoder();
        using var exported = Export(decoder);
        long[] ids = [5, 17, 250, 3, 99, 42, 7];
        var expected = Expected(decoder, ids);
        using var first = exported.Step(1, ids[..4], Positions(0, 4), Ones(4), null);
        using var second = exported.Step(1, ids[4..6], Positions(4, 2), Ones(6), first);
        using var third = exported.Step(1, ids[6..], Positions(6, 1), Ones(7), second);
        AssertNear(expected[3], first.Logits(0, 3));
        AssertNear(expected[4], second.Logits(0, 0));
        AssertNear(expected[5], second.Logits(0, 1));
        AssertNear(expected[6], third.Logits(0, 0));
    }

    [Fact]
    public void Logits_RightPaddedBatch_EqualLoneRows()
    {
        Torch.Require();
        using var decoder = NewDecoder();
        using var exported = Export(decoder);
        long[] longer = [5, 17, 250, 3, 99, 42], shorter = [8, 30, 11];
        // Prompts of 5 and 2 tokens in one batch, then one more token each: the short row has holes in its past.
        using var prompt = exported.Step(
            2, [.. longer[..5], .. shorter[..2], 0, 0, 0], [.. Positions(0, 5), .. Positions(0, 5)], [1, 1, 1, 1, 1, 1, 1, 0, 0, 0], null);
        using var next = exported.Step(2, [longer[5], shorter[2]], [5, 2], [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1], prompt);
        AssertNear(Expected(decoder, longer)[4], prompt.Logits(0, 4));
        AssertNear(Expected(decoder, shorter)[1], prompt.Logits(1, 1));
        AssertNear(Expected(decoder, longer)[5], next.Logits(0, 0));
        AssertNear(Expected(decoder, shorter)[2], next.Logits(1, 0));
    }

    [Fact]
    public void Run_OtherWeights_IsRefused()
    {
        Torch.Require();
        using var decoder = NewDecoder();
        using var other = new Decoder(Config, 2);
        using (Export(decoder))
        {
            ExportCheck.Run(_folder.Path, decoder.Snapshot(), _tokenizer, "a cat");
            Assert.Throws<InvalidOperationException>(() => ExportCheck.Run(_folder.Path, other.Snapshot(), _tokenizer, "a cat"));
        }
    }

    private static Decoder NewDecoder()
    {
        var fresh = new Decoder(Config, 1).Snapshot();
        // Fresh weights give nearly flat attention; larger ones make a wrong mask or rotation visible.
        return new Decoder(new DecoderWeights(Config, fresh.Arrays.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.Shape.Length == 1
                ? entry.Value
                : new WeightArray(entry.Value.Shape, [.. entry.Value.Values.Select(value => value * 8)]))));
    }

    private OnnxDecoder Export(Decoder decoder)
    {
        ModelFolder.Write(_folder.Path, decoder.Snapshot(), _tokenizer);
        return new OnnxDecoder(ModelFolder.Graph(_folder.Path), 1);
    }

    private static float[][] Expected(Decoder decoder, long[] ids)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        return [.. decoder.Logits(tensor(ids, [1, ids.Length])).data<float>().ToArray().Chunk(Config.VocabularySize)];
    }

    private static long[] Positions(long first, int count) => [.. Enumerable.Range(0, count).Select(i => first + i)];

    private static long[] Ones(int count) => [.. Enumerable.Repeat(1L, count)];

    private static void AssertNear(float[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.InRange(actual[i], expected[i] - Tolerance, expected[i] + Tolerance);
    }
}
