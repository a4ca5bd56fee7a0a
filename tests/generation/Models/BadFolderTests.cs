using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class BadFolderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InspectAsync_MissingFolder_IsModelGone()
    {
        using var folder = new TempFolder();

        ModelException error = await FailAsync(folder.File("nowhere"));

        Assert.Equal(FailureKind.ModelGone, error.Kind);
        Assert.Contains("nowhere does not exist", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json", "incomplete: config.json is missing")]
    [InlineData("tokenizer.json", "incomplete: tokenizer.json is missing")]
    [InlineData("onnx/model.onnx", "incomplete: onnx/model.onnx is missing")]
    [InlineData("onnx/model.onnx_data", "incomplete: onnx/model.onnx_data, which holds weights of onnx/model.onnx, is missing")]
    public async Task InspectAsync_HalfCopied_NamesTheMissingFile(string file, string expected)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { ExternalFile = "model.onnx_data" });
        File.Delete(model.File(file));

        Assert.Contains(expected, (await FailAsync(model.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnx/model.onnx", "onnx/model.onnx is truncated")]
    [InlineData("onnx/model.onnx_data", "onnx/model.onnx_data is truncated")]
    [InlineData("config.json", "config.json is no valid JSON at line 1")]
    [InlineData("tokenizer.json", "tokenizer.json is no valid JSON at line 1")]
    [InlineData("tokenizer_config.json", "tokenizer_config.json is no valid JSON at line 1")]
    [InlineData("generation_config.json", "generation_config.json is no valid JSON at line 1")]
    public async Task InspectAsync_TruncatedFile_NamesIt(string file, string expected)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { ExternalFile = "model.onnx_data" });
        byte[] bytes = File.ReadAllBytes(model.File(file));
        File.WriteAllBytes(model.File(file), bytes[..(bytes.Length * 2 / 3)]);

        Assert.Contains(expected, (await FailAsync(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_GraphWithAnUnknownOperator_SaysThatItDoesNotLoad()
    {
        using var model = new TinyModel();
        byte[] bytes = File.ReadAllBytes(model.File("onnx/model.onnx"));
        int at = bytes.AsSpan().IndexOf("Softmax"u8);
        "Zoftmax"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(model.File("onnx/model.onnx"), bytes);

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => model.LoadAsync());

        Assert.Equal(FailureKind.ModelUnusable, error.Kind);
        Assert.Contains("onnx/model.onnx does not load", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task InspectAsync_AnotherLayout_ListsWhatWasFoundAndWhatIsSupported()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("model.safetensors"), "");
        File.WriteAllText(folder.File("config.json"), "{}");

        string message = (await FailAsync(folder.Path)).Message;

        Assert.Contains("unknown layout: found config.json, model.safetensors", message, StringComparison.Ordinal);
        Assert.Contains("Optimum layout", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "has no model.decoder")]
    [InlineData("""{"model":{"decoder":{}}}""", "has no model.decoder.filename")]
    [InlineData("""{"model":{"decoder":{"filename":"../x.onnx"}}}""", "outside the folder")]
    [InlineData("""{"model":{"decoder":{"filename":"gone.onnx"}}}""", "incomplete: gone.onnx is missing")]
    [InlineData("""{"model":{"decoder":{"filename":"a.onnx"},"vision":{}}}""", "has a model.vision")]
    [InlineData("""{"model":{"decoder":{"filename":"a.onnx","pipeline":[]}}}""", "has a model.decoder.pipeline")]
    [InlineData("""{"model":{"decoder":{"filename":"onnx/model.onnx","inputs":{"past_key_names":"past.key"}}}}""", "without %d for the layer")]
    [InlineData("""{"model":{"decoder":{"filename":"onnx/model.onnx","inputs":{"input_ids":7}}}}""", "gives input_ids no name")]
    [InlineData("""{"model":{"decoder":{"filename":"onnx/model.onnx"},"eos_token_id":"x"}}""", "eos_token_id that is no whole number")]
    public async Task InspectAsync_GenaiFolderThatCannotBeRun_SaysWhy(string config, string expected)
    {
        using var model = new TinyModel();
        model.Write("genai_config.json", config);

        Assert.Contains(expected, (await FailAsync(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_CacheOfUnknownNumbers_IsRefusedByName()
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { CacheType = OnnxGraphBuilder.BFloat });

        Assert.Contains("past_key_values.0.key is bf16, and this engine takes fp32 or fp16", (await FailAsync(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_SeveralGraphsOfOtherNames_AreRefusedByName()
    {
        using var model = new TinyModel();
        File.Move(model.File("onnx/model.onnx"), model.File("onnx/model_q4.onnx"));
        Assert.Equal("optimum", (await new OnnxModelStore(new OnnxModelStoreOptions()).InspectAsync(new ModelReference(model.Path), Token)).Layout);

        File.Copy(model.File("onnx/model_q4.onnx"), model.File("onnx/model_fp16.onnx"));

        Assert.Contains("several graphs are there (onnx/model_fp16.onnx, onnx/model_q4.onnx)", (await FailAsync(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_UnknownInput_IsRefusedByName()
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { ExtraInput = "pixel_values" });

        Assert.Contains("pixel_values", (await FailAsync(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_TemplateBeyondTheLanguage_IsRefusedByNameAndPlace()
    {
        using var model = new TinyModel(template: "ok\n{{ messages | urlencode }}");

        string message = (await FailAsync(model.Path)).Message;

        Assert.Contains("the filter urlencode, which is not supported (line 2, column 13)", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_WeightsOutsideTheFolder_AreRefused()
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { ExternalFile = "../../outside.bin" });

        Assert.Contains("outside the folder", (await FailAsync(model.Path)).Message, StringComparison.Ordinal);
        File.Delete(model.File("../outside.bin"));
    }

    [Fact]
    public async Task InspectAsync_OutsideTheRoots_IsRefusedAlsoThroughALink()
    {
        using var root = new TempFolder();
        using var model = new TinyModel();
        string link = root.File("link");
        Directory.CreateSymbolicLink(link, model.Path);
        string[] roots = [root.Path];

        Assert.Contains("outside the allowed model roots", (await FailAsync(model.Path, roots)).Message, StringComparison.Ordinal);
        Assert.Contains("outside the allowed model roots", (await FailAsync(link, roots)).Message, StringComparison.Ordinal);
        Assert.Contains("outside the allowed model roots", (await FailAsync(root.File("../" + Path.GetFileName(model.Path)), roots)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_FileLinkedToOutsideTheRoots_IsRefused()
    {
        using var model = new TinyModel();
        using var elsewhere = new TempFolder();
        File.Move(model.File("config.json"), elsewhere.File("config.json"));
        File.CreateSymbolicLink(model.File("config.json"), elsewhere.File("config.json"));

        Assert.Contains("outside the allowed model roots", (await FailAsync(model.Path, model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_InsideTheRoots_Works()
    {
        using var model = new TinyModel();
        var store = new OnnxModelStore(new OnnxModelStoreOptions { ModelRoots = [Path.GetDirectoryName(model.Path)!] });

        Assert.Equal("optimum", (await store.InspectAsync(new ModelReference(model.Path), Token)).Layout);
    }

    private static Task<ModelException> FailAsync(string path, params string[] roots) => Assert.ThrowsAsync<ModelException>(
        () => new OnnxModelStore(new OnnxModelStoreOptions { ModelRoots = [.. roots] }).InspectAsync(new ModelReference(path), Token));
}
