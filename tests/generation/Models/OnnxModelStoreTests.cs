using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class OnnxModelStoreTests
{
    private static readonly OnnxModelStore Store = new(new OnnxModelStoreOptions());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InspectAsync_SameContentElsewhereAndLater_SameFingerprint()
    {
        using var first = new TinyModel();
        using var second = new TinyModel();
        second.Write("README.md", "not read by the engine");
        File.SetLastWriteTimeUtc(second.File("config.json"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        ModelInspection a = await InspectAsync(first);
        ModelInspection b = await InspectAsync(second);

        Assert.Equal(a, b);
        Assert.Equal("optimum", a.Layout);
        Assert.Equal(new EngineIdentity("cpu", "fp32", 4), a.Engine);
        Assert.Equal(64, a.Fingerprint.Hash.Length);
    }

    [Theory]
    [InlineData("onnx/model.onnx")]
    [InlineData("config.json")]
    [InlineData("generation_config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("chat_template.jinja")]
    [InlineData("onnx/weights.bin")]
    public async Task InspectAsync_AnyFileTheEngineReadsChanged_OtherFingerprint(string file)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { ExternalFile = "weights.bin" });
        ModelFingerprint before = (await InspectAsync(model)).Fingerprint;
        byte[] bytes = File.ReadAllBytes(model.File(file));
        if (file == "onnx/model.onnx")
            bytes = new TinyDecoder(TinyModel.Vocabulary, seed: 2) { ExternalFile = "weights.bin", WithLogitsToKeep = true }.ToOnnx();
        else if (file == "onnx/weights.bin")
            bytes[0] ^= 1;
        else
            bytes = [.. bytes, (byte)' '];
        File.WriteAllBytes(model.File(file), bytes);

        Assert.NotEqual(before, (await InspectAsync(model)).Fingerprint);
    }

    [Fact]
    public async Task LoadAsync_OtherContentThanExpected_IsModelChangedWithBothHashes()
    {
        using var model = new TinyModel();
        ModelFingerprint before = (await InspectAsync(model)).Fingerprint;
        model.Write("generation_config.json", """{"eos_token_id": 3}""");
        ModelFingerprint after = (await InspectAsync(model)).Fingerprint;

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => Store.LoadAsync(new ModelReference(model.Path), before, new LoadOptions(), Token));

        Assert.Equal(FailureKind.ModelChanged, error.Kind);
        Assert.Contains(before.Short, error.Message, StringComparison.Ordinal);
        Assert.Contains(after.Short, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_ExternalWeights_GeneratesAsWithWeightsInside()
    {
        using var inside = new TinyModel();
        using var outside = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { ExternalFile = "model.onnx_data" });
        var settings = new GenerationSettings { MaxNewTokens = 10 };

        GeneratedText a = await Ask.OneAsync(inside, Ask.Tokens("p", 1, 2), settings);
        GeneratedText b = await Ask.OneAsync(outside, Ask.Tokens("p", 1, 2), settings);

        Assert.Equal(a.OutputIds, b.OutputIds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("model.onnx_data")]
    public async Task LoadAsync_FilesThatAreLinks_AsInTheCacheOfAHub_IsTheSameModel(string? external)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { ExternalFile = external });
        using var blobs = new TempFolder();
        ModelInspection before = await new OnnxModelStore(new OnnxModelStoreOptions()).InspectAsync(new ModelReference(model.Path), Token);
        GeneratedText answer = await Ask.OneAsync(model, Ask.Tokens("a", 1, 2, 3), new GenerationSettings { MaxNewTokens = 8 });
        foreach (string file in Directory.GetFiles(model.Path, "*", SearchOption.AllDirectories))
        {
            string blob = blobs.File(Path.GetFileName(file));
            File.Move(file, blob);
            File.CreateSymbolicLink(file, Path.GetRelativePath(Path.GetDirectoryName(file)!, blob));
        }

        ModelInspection linked = await new OnnxModelStore(new OnnxModelStoreOptions()).InspectAsync(new ModelReference(model.Path), Token);

        Assert.Equal((before.Fingerprint, before.Bytes), (linked.Fingerprint, linked.Bytes));
        Assert.Equal(answer.OutputIds, (await Ask.OneAsync(model, Ask.Tokens("a", 1, 2, 3), new GenerationSettings { MaxNewTokens = 8 })).OutputIds);
    }

    [Fact]
    public async Task InspectAsync_GraphBesideTheConfiguration_IsTheSameLayout()
    {
        using var model = new TinyModel();
        File.Move(model.File("onnx/model.onnx"), model.File("model.onnx"));

        Assert.Equal("optimum", (await InspectAsync(model)).Layout);
    }

    [Fact]
    public async Task DescribeAsync_SoundModel_TellsWhatTheGraphAndTheFilesSay()
    {
        using var model = new TinyModel();

        ModelDescription description = await Store.DescribeAsync(new ModelReference(model.Path), Token);

        Assert.Equal(await InspectAsync(model), description.Inspection);
        Assert.Equal((2, 2, 8), (description.Layers, description.KvHeads, description.HeadDim));
        Assert.Equal((320, 200, 311), (description.Vocabulary, description.ContextLength, description.TokenizerVocabulary - 2));
        Assert.Equal("tiny", description.ModelType);
        Assert.Equal("rows: plain operators append to a padded past", description.Batching);
        Assert.Equal("of every token", description.Logits);
        Assert.Equal("chat_template.jinja", description.Template);
        Assert.Equal([309], description.EosIds);
        Assert.Equal("past_key_values.0.key fp32[batch, 2, past, 8]", description.Inputs.First(input => input.Name == "past_key_values.0.key").ToString());
        Assert.Contains(description.Outputs, output => output.Name == "logits");
        Assert.Equal("", description.Canaries.Failures());
    }

    [Fact]
    public async Task DescribeAsync_NoTemplateAndNoPositions_SaysSo()
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { WithPositions = false }, template: null);

        ModelDescription description = await Store.DescribeAsync(new ModelReference(model.Path), Token);

        Assert.Equal("one at a time: the graph has no position_ids", description.Batching);
        Assert.StartsWith("none", description.Template, StringComparison.Ordinal);
    }

    private static Task<ModelInspection> InspectAsync(TinyModel model) => Store.InspectAsync(new ModelReference(model.Path), Token);
}
