using Microsoft.ML.OnnxRuntime;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>The plainest loop over a graph file: one row, the whole prompt first, then token by token with what the run before gave out.</summary>
internal sealed class OneRowLoop : IDisposable
{
    private readonly InferenceSession _session;
    private readonly GraphSignature _signature;

    public OneRowLoop(string graph, GraphNames? names = null)
    {
        _signature = GraphSigner.Sign(OnnxGraphReader.Read(graph), names ?? new GraphNames());
        using SessionOptions options = SessionSetup.For(new ComputeDevice(), 1);
        _session = new InferenceSession(graph, options);
    }

    public List<int> Generate(IEnumerable<int> prompt, int most, params int[] eos) => Generate("", prompt, new GenerationSettings { MaxNewTokens = most }, eos);

    public List<int> Generate(string id, IEnumerable<int> prompt, GenerationSettings settings, params int[] eos)
    {
        List<int> all = [.. prompt];
        int start = all.Count;
        long[] fresh = [.. prompt.Select(id => (long)id)];
        int length = 0;
        KvLayout layout = _signature.Cache;
        OrtValue[] past = [.. _signature.PastNames.Select(_ => OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), layout.Shape(1, 0)))];
        while (all.Count - start < settings.MaxNewTokens && !(all.Count > start && eos.Contains(all[^1])))
        {
            (float[] logits, past) = Step(fresh, length, past);
            length += fresh.Length;
            all.Add(NaiveGenerator.Choose([.. logits.Select(logit => (double)logit)], id, all, start, settings, eos));
            fresh = [all[^1]];
        }

        foreach (OrtValue value in past)
            value.Dispose();
        return all[start..];
    }

    public void Dispose() => _session.Dispose();

    private (float[] Logits, OrtValue[] Present) Step(long[] fresh, int length, OrtValue[] past)
    {
        long[] shape = [1, fresh.Length];
        using OrtValue ids = OrtValue.CreateTensorValueFromMemory(fresh, shape);
        using OrtValue mask = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, length + fresh.Length).ToArray(), [1, length + fresh.Length]);
        using OrtValue positions = OrtValue.CreateTensorValueFromMemory(Enumerable.Range(length, fresh.Length).Select(at => (long)at).ToArray(), shape);
        var inputs = new Dictionary<string, OrtValue> { [_signature.Names.InputIds] = ids, [_signature.Names.AttentionMask] = mask };
        if (_signature.HasPositions)
            inputs[_signature.Names.PositionIds] = positions;
        for (int i = 0; i < past.Length; i++)
            inputs[_signature.PastNames[i]] = past[i];
        using var run = new RunOptions();
        IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, inputs, [_signature.Names.Logits, .. _signature.PresentNames]);
        foreach (OrtValue value in past)
            value.Dispose();
        ReadOnlySpan<float> all = outputs[0].GetTensorDataAsSpan<float>();
        float[] last = all[^(all.Length / fresh.Length)..].ToArray();
        outputs[0].Dispose();
        return (last, [.. outputs.Skip(1)]);
    }
}
