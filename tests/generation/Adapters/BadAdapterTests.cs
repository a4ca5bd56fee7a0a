using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>Adapters that cannot be used: one line that names the file and what is wrong, and a loaded base answers on.</summary>
public sealed class BadAdapterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InspectAsync_MissingAdapter_IsModelGone()
    {
        using TinyModel model = Model();

        ModelException error = await FailAsync(model, "nowhere.onnx_adapter");

        Assert.Equal(FailureKind.ModelGone, error.Kind);
        Assert.Contains("nowhere.onnx_adapter does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_Folder_IsNamed()
    {
        using TinyModel model = Model();

        Assert.Contains("is a folder: name the .onnx_adapter file", (await FailAsync(model, "onnx")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnx/model.onnx")]
    [InlineData("config.json")]
    [InlineData("/dev/zero")]
    public async Task InspectAsync_NoAdapter_IsNamed(string file)
    {
        using TinyModel model = Model();

        Assert.Contains("it is no ONNX adapter", (await FailAsync(model, file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "it is no ONNX adapter")]
    [InlineData(7, "it is no ONNX adapter")]
    [InlineData(40, "it is truncated or broken")]
    [InlineData(1500, "it is truncated or broken")]
    public async Task InspectAsync_HalfCopied_IsNamed(int length, string expected)
    {
        using TinyModel model = Model();
        File.WriteAllBytes(model.File("half"), model.Decoder.NewAdapter(seed: 1).ToBytes()[..length]);

        Assert.Contains(expected, (await FailAsync(model, "half")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_AdapterOfAnotherModel_NamesParametersOfBoth()
    {
        using TinyModel model = Model();
        _ = model.WithAdapter(new AdapterFile([TinyDecoder.Parameter("layers.0.lora_A", [2], [1, 2])]), "other");

        string message = (await FailAsync(model, "other")).Message;

        Assert.Contains("it is for another model: 1 of its 1 parameters (layers.0.lora_A) are no adapter inputs of onnx/model.onnx", message, StringComparison.Ordinal);
        Assert.Contains("which has q0.lora_A, q0.lora_B, v0.lora_A and 5 more", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_AnotherRank_NamesBothShapes()
    {
        using TinyModel model = Model();
        _ = model.WithAdapter(new TinyDecoder(TinyModel.Vocabulary) { Rank = 5 }.NewAdapter(seed: 1), "rank");

        Assert.Contains(
            "it has q0.lora_A fp32[16, 5], and onnx/model.onnx takes q0.lora_A fp32[16, 3]", (await FailAsync(model, "rank")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_NumbersThatTheEngineDoesNotExchange_AreNamed()
    {
        using TinyModel model = Model();
        byte[] bytes = new AdapterFile([TinyDecoder.Parameter("q0.lora_A", [16, 3], new float[48])]).ToBytes();
        // The kind of number stands in the one parameter's table, 4 for the list's length and 4 for its offset behind the adapter's own 52 bytes.
        bytes[60 + 12] = OnnxGraphBuilder.BFloat;
        File.WriteAllBytes(model.File("bf16"), bytes);

        Assert.EndsWith("the parameter q0.lora_A bf16[16, 3] is neither fp32 nor fp16", (await FailAsync(model, "bf16")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProveAsync_RanksThatDoNotGoTogether_FailsTheCanary()
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { Rank = 1, FreeRank = true });
        AdapterFile adapter = new([TinyDecoder.Parameter("q0.lora_A", [16, 2], new float[32]), TinyDecoder.Parameter("q0.lora_B", [3, 16], new float[48])]);
        await using OnnxTextGenerator generator = await TinyModel.LoadAsync(model.WithAdapter(adapter));

        CanaryReport report = await generator.ProveAsync(new GenerationSettings(), Token);

        Assert.Contains("the graph fails under the adapter", report.Canaries.Single(canary => canary.Name == "adapter").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_AnotherKindOfNumber_NamesBoth()
    {
        using TinyModel model = Model();
        _ = model.WithAdapter(new AdapterFile([new AdapterParameter("q0.lora_A", "fp16", [16, 3], new byte[96])]), "half");

        Assert.Contains("it has q0.lora_A fp16[16, 3], and", (await FailAsync(model, "half")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_GraphWithoutAdapterInputs_SaysSo()
    {
        using var model = new TinyModel();
        _ = model.WithAdapter(new TinyDecoder(TinyModel.Vocabulary) { Rank = 1 }.NewAdapter(seed: 1), "any");

        Assert.Contains("the graph onnx/model.onnx takes no adapters", (await FailAsync(model, "any")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_OutsideTheRoots_IsRefused()
    {
        using TinyModel model = Model();
        using var elsewhere = new TempFolder();
        File.WriteAllBytes(elsewhere.File("a"), model.Decoder.NewAdapter(seed: 1).ToBytes());
        File.CreateSymbolicLink(model.File("link"), elsewhere.File("a"));

        Assert.Contains("outside the allowed model roots", (await FailAsync(model, elsewhere.File("a"), model.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("outside the allowed model roots", (await FailAsync(model, "link", model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrySwitchAsync_UnusableAdapter_LeavesTheOneBefore()
    {
        using TinyModel model = Model();
        AdapterFile adapter = model.Decoder.NewAdapter(seed: 1);
        await using OnnxTextGenerator generator = await TinyModel.LoadAsync(model.WithAdapter(adapter));
        var settings = new GenerationSettings { MaxNewTokens = 10 };

        await Assert.ThrowsAsync<ModelException>(() => generator.TrySwitchAsync(new ModelReference(model.Path, model.File("config.json")), null, Token));
        GeneratedText answer = await Ask.OneAsync(generator, Ask.Tokens("p", 9, 8), settings);

        model.Decoder.Activate(adapter);
        Assert.Equal(NaiveGenerator.Generate(model.Decoder, "p", [9, 8], settings, TinyModel.Eos), answer.OutputIds);
    }

    private static TinyModel Model() => GraphKindTests.Model("plain", rank: 3);

    private static async Task<ModelException> FailAsync(TinyModel model, string adapter, params string[] roots)
    {
        var store = new OnnxModelStore(new OnnxModelStoreOptions { ModelRoots = [.. roots] });
        var reference = new ModelReference(model.Path, model.File(adapter));
        ModelException error = await Assert.ThrowsAsync<ModelException>(() => store.InspectAsync(reference, Token));
        Assert.Equal(error.Message, (await Assert.ThrowsAsync<ModelException>(() => store.LoadAsync(reference, null, new LoadOptions(), Token))).Message);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }
}
