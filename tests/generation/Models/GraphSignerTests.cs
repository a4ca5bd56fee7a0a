namespace RailCluster.Generation.Tests;

/// <summary>What a graph says of itself decides how it is run, or why it is not.</summary>
public sealed class GraphSignerTests
{
    [Theory]
    [InlineData("input_ids", "int64", "2,sequence", "its input input_ids int64[2, sequence] takes batches of 2")]
    [InlineData("input_ids", "int64", "batch,1", "its input input_ids int64[batch, 1] has a fixed number of positions")]
    [InlineData("attention_mask", "int64", "batch,1,sequence,total", "is not [batch, positions]")]
    [InlineData("position_ids", "int64", "3,batch,sequence", "is not [batch, positions]")]
    [InlineData("past_key_values.1.value", "fp32", "batch,2,512,8", "has a fixed number of positions")]
    public void Sign_InputOfAnotherShape_IsRefusedByName(string name, string type, string shape, string expected)
    {
        GraphSummary summary = Read(new TinyDecoder(TinyModel.Vocabulary));
        GraphSummary changed = summary with { Inputs = [.. summary.Inputs.Select(input => input.Name == name ? new GraphValue(name, type, [.. shape.Split(',')]) : input)] };

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => GraphSigner.Sign(changed, new GraphNames())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_LogitsWithoutPositions_AreRefusedByName()
    {
        GraphSummary summary = Read(new TinyDecoder(TinyModel.Vocabulary));
        GraphSummary changed = summary with { Outputs = [.. summary.Outputs.Select(output => output.Name == "logits" ? new GraphValue("logits", "fp32", ["batch", "320"]) : output)] };

        Assert.Contains("logits fp32[batch, 320] is not", Assert.Throws<InvalidDataException>(() => GraphSigner.Sign(changed, new GraphNames())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OperatorsInsideAFunctionOfTheModel_AreSeen()
    {
        using var folder = new TempFolder();
        byte[] function = new ProtoWriter().Message(25, body => body.Text(1, "Coarse").Message(7, node => node.Text(4, "DynamicQuantizeLinear"))).ToArray();
        File.WriteAllBytes(folder.File("a.onnx"), [.. new TinyDecoder(TinyModel.Vocabulary).ToOnnx(), .. function]);

        GraphSignature signature = GraphSigner.Sign(OnnxGraphReader.Read(folder.File("a.onnx")), new GraphNames());

        Assert.Equal((CacheKind.OneRow, true), (signature.Kind, signature.WholePrompts));
    }

    [Theory]
    [InlineData(7, null)]
    [InlineData(11, "the graph uses com.microsoft::GroupQueryAttention")]
    public void Sign_GroupQueryAttentionWithABias_RunsOneRow(int inputs, string? reason)
    {
        using var folder = new TempFolder();
        var graph = new OnnxGraphBuilder();
        graph.Input("input_ids", OnnxGraphBuilder.Int64, "batch", "sequence");
        graph.Input("attention_mask", OnnxGraphBuilder.Int64, "batch", "total");
        graph.Input("position_ids", OnnxGraphBuilder.Int64, "batch", "sequence");
        graph.Output("logits", OnnxGraphBuilder.Float, "batch", "sequence", 320);
        string[] all = ["q", "k", "v", "past_key_values.0.key", "past_key_values.0.value", "last", "total", "", "", "", "bias"];
        foreach (string part in new[] { "key", "value" })
        {
            graph.Input($"past_key_values.0.{part}", OnnxGraphBuilder.Float, "batch", 2, "past", 8);
            graph.Output($"present.0.{part}", OnnxGraphBuilder.Float, "batch", 2, "total", 8);
        }

        graph.Node("GroupQueryAttention", all[..inputs], ["y", "present.0.key", "present.0.value"], "com.microsoft");
        File.WriteAllBytes(folder.File("a.onnx"), graph.Build());

        Assert.Equal(reason, GraphSigner.Sign(OnnxGraphReader.Read(folder.File("a.onnx")), new GraphNames()).OneRowReason);
    }

    [Theory]
    [InlineData("""{"model_type":"gpt_neo","max_position_embeddings":2048,"window_size":256}""", 256)]
    [InlineData("""{"text_config":{"max_position_embeddings":2048,"attention_chunk_size":512}}""", 512)]
    [InlineData("""{"max_position_embeddings":2048,"sliding_window":2048}""", null)]
    [InlineData("""{"max_position_embeddings":2048,"sliding_window":64,"use_sliding_window":false}""", null)]
    [InlineData("""{"sliding_window":64}""", 64)]
    [InlineData("""{"window_size":[7,7]}""", null)]
    public void Read_WindowOfAttention_IsKnownByEveryName(string config, int? window)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("config.json"), config);

        Assert.Equal(window, ModelConfig.Read(folder.Path).SlidingWindow);
    }

    private static GraphSummary Read(TinyDecoder decoder)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("a.onnx"), decoder.ToOnnx());
        return OnnxGraphReader.Read(folder.File("a.onnx"));
    }
}
