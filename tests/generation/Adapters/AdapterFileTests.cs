using System.Runtime.InteropServices;
using CsCheck;
using Microsoft.ML.OnnxRuntime;

namespace RailCluster.Generation.Tests;

public sealed class AdapterFileTests
{
    private static readonly Gen<AdapterParameter> Parameters =
        from name in Gen.String[Gen.Char['a', 'ž'], 1, 40]
        from half in Gen.Bool
        from shape in Gen.Long[1, 5].Array[1, 4]
        from bytes in Gen.Byte.Array[(int)shape.Aggregate(half ? 2L : 4L, (size, side) => size * side)]
        select new AdapterParameter(name, half ? "fp16" : "fp32", [.. shape], bytes);

    private static readonly Gen<AdapterFile> Files =
        from parameters in Parameters.Array[1, 12]
        from versions in Gen.Select(Gen.Int, Gen.Int)
        select new AdapterFile([.. parameters.DistinctBy(parameter => parameter.Name)], versions.Item1, versions.Item2);

    [Fact]
    public void ToBytes_AnyAdapter_ReadsBackAlignedForTheEngine() => Files.Sample(file =>
    {
        byte[] bytes = file.ToBytes();
        AdapterFile read = AdapterFile.Read(bytes);
        Assert.Equal(Text(file), Text(read));
        Assert.All(read.Parameters, parameter => Assert.True(MemoryMarshal.TryGetArray(parameter.Data, out ArraySegment<byte> part) && part.Offset % 8 == 0));
    });

    [Fact]
    public void ToBytes_AnyAdapter_OnnxRuntimeReadsIt() => Files.Sample(
        file =>
        {
            using OrtLoraAdapter adapter = OrtLoraAdapter.Create(file.ToBytes(), null);
            Assert.False(adapter.IsInvalid);
        },
        iter: 50);

    [Fact]
    public void ToBytes_ActiveInARunOfOnnxRuntime_GivesTheLogitsOfTheReference()
    {
        var decoder = new TinyDecoder(TinyModel.Vocabulary) { Rank = 4, Names = new GraphNames { Past = ["past_%d"], Present = ["present_%d"] } };
        AdapterFile file = decoder.NewAdapter(seed: 3);
        using var session = new InferenceSession(decoder.ToOnnx(), new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR });
        using OrtLoraAdapter adapter = OrtLoraAdapter.Create(file.ToBytes(), null);
        using var run = new RunOptions();
        run.AddActiveLoraAdapter(adapter);

        float[] logits = Logits(session, run);

        Assert.Contains(decoder.Logits([1, 2, 3]).Zip(logits), pair => Math.Abs(pair.First - pair.Second) > 0.1);
        decoder.Activate(file);
        Assert.All(decoder.Logits([1, 2, 3]).Zip(logits), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-4));
    }

    [Fact]
    public void Read_CutShortAnywhere_IsRefused()
    {
        byte[] bytes = new TinyDecoder(TinyModel.Vocabulary) { Rank = 1 }.NewAdapter(seed: 1).ToBytes();

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Throws<InvalidDataException>(() => AdapterFile.Read(bytes.AsMemory(0, length))));
    }

    [Fact]
    public void Read_DamagedAnywhere_IsReadOrRefused() => Gen.Select(Files, Gen.Int[0, 4000], Gen.Byte[1, 255]).Sample((file, at, flip) =>
    {
        byte[] bytes = file.ToBytes();
        bytes[at % bytes.Length] ^= flip;
        try
        {
            Assert.NotEmpty(AdapterFile.Read(bytes).Parameters);
        }
        catch (InvalidDataException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    });

    [Theory]
    [InlineData("a", "fp32", 2, "has 4 bytes, and its shape needs 8")]
    [InlineData("a", "bf16", 1, "neither fp32 nor fp16")]
    [InlineData("a", "fp32", 0, "no usable shape")]
    [InlineData("b", "fp32", 1, "in it twice")]
    [InlineData("", "fp32", 1, "name has 0 characters")]
    public void ToBytes_WhatCouldNotBeReadBack_IsRefused(string name, string type, long size, string expected)
    {
        var file = new AdapterFile([TinyDecoder.Parameter("b", [1], [1]), new AdapterParameter(name, type, [size], new byte[4])]);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(file.ToBytes).Message, StringComparison.Ordinal);
    }

    private static float[] Logits(InferenceSession session, RunOptions run)
    {
        OrtValue Numbers(params long[] values) => OrtValue.CreateTensorValueFromMemory(values, [1, values.Length]);
        var inputs = new Dictionary<string, OrtValue> { ["input_ids"] = Numbers(1, 2, 3), ["attention_mask"] = Numbers(1, 1, 1), ["position_ids"] = Numbers(0, 1, 2) };
        for (int layer = 0; layer < TinyDecoder.Layers; layer++)
            inputs[$"past_{layer}"] = OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [2, 1, TinyDecoder.Heads, 0, TinyDecoder.Size]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, inputs, ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>()[^TinyModel.Vocabulary..].ToArray();
    }

    private static string Text(AdapterFile file) =>
        $"{file.AdapterVersion} {file.ModelVersion} {string.Join(';', file.Parameters.Select(parameter => $"{parameter} {Convert.ToHexString(parameter.Data.Span)}"))}";
}
