using Microsoft.ML.OnnxRuntime;
using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>
/// ONNX Runtime's own greedy loop with a decoder inside: another implementation of steps, cache, padding and rules, by other hands. Takes GPT-2's
/// signature only, so that a decoder is put into that form whatever form the engine is given.
/// </summary>
internal sealed class GreedySearchOracle : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly int _eos;
    private readonly int _pad;

    /// <param name="decoder">A graph with GPT-2's signature.</param>
    /// <param name="eos">The end.</param>
    /// <param name="pad">Masked wherever a prompt has it; GreedySearch writes it in place of the end.</param>
    /// <param name="noRepeatNgram">An attribute of the node, where the other rules are inputs.</param>
    public GreedySearchOracle(byte[] decoder, int eos, int pad, int noRepeatNgram)
    {
        (_eos, _pad) = (eos, pad);
        var graph = new OnnxGraphBuilder();
        graph.Input("prompts", OnnxGraphBuilder.Int32, "batch", "sequence");
        graph.Input("most", OnnxGraphBuilder.Int32, 1);
        graph.Input("least", OnnxGraphBuilder.Int32, 1);
        graph.Input("penalty", OnnxGraphBuilder.Float, 1);
        graph.Host(
            "GreedySearch", ["prompts", "most", "least", "penalty"], "sequences", "com.microsoft", "decoder", decoder,
            ("eos_token_id", [eos]), ("pad_token_id", [pad]), ("no_repeat_ngram_size", [noRepeatNgram]), ("model_type", [0]));
        graph.Output("sequences", OnnxGraphBuilder.Int32, "batch", "total");
        _session = new InferenceSession(graph.Build());
    }

    /// <summary>Around the tiny decoder; its end is its padding too, as with GPT-2.</summary>
    public static GreedySearchOracle OfTiny(int noRepeatNgram)
    {
        var decoder = new TinyDecoder(TinyModel.Vocabulary)
        {
            TokenType = OnnxGraphBuilder.Int32,
            Names = new GraphNames { Past = ["past_%d"], Present = ["present_%d"] },
        };
        Weigh(decoder);
        return new GreedySearchOracle(decoder.ToGraph(), TinyModel.Eos, TinyModel.Eos, noRepeatNgram);
    }

    /// <summary>Makes the end likelier than a random model has it.</summary>
    public static void Weigh(TinyDecoder decoder) => decoder.Favour(TinyModel.Eos, 1.8f);

    /// <summary>The answers to prompts as one batch; those that are not as long as the longest are padded.</summary>
    public int[][] Answer(int[][] prompts, GenerationSettings settings)
    {
        int longest = prompts.Max(prompt => prompt.Length);
        int[] padded = [.. prompts.SelectMany(prompt => Enumerable.Repeat(_pad, longest - prompt.Length).Concat(prompt))];
        using OrtValue ids = OrtValue.CreateTensorValueFromMemory(padded, [prompts.Length, longest]);
        using OrtValue most = OrtValue.CreateTensorValueFromMemory(new[] { longest + settings.MaxNewTokens }, [1]);
        using OrtValue least = OrtValue.CreateTensorValueFromMemory(new[] { longest + settings.MinNewTokens }, [1]);
        using OrtValue penalty = OrtValue.CreateTensorValueFromMemory(new[] { (float)settings.RepetitionPenalty }, [1]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(
            _run, ["prompts", "most", "least", "penalty"], [ids, most, least, penalty], ["sequences"]);
        return [.. outputs[0].GetTensorDataAsSpan<int>().ToArray().Chunk(longest + settings.MaxNewTokens).Select(row => Ended(row[longest..]))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private int[] Ended(int[] answer)
    {
        int end = Array.IndexOf(answer, _pad);
        return end < 0 ? answer : [.. answer[..end], _eos];
    }
}
