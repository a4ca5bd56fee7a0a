using System.Security.Cryptography;
using System.Text;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class AdapterLoadTests
{
    private static readonly OnnxModelStore Store = new(new OnnxModelStoreOptions());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InspectAsync_AdapterUnderAnotherName_SameFingerprintAndTheBasesOwnBeside()
    {
        using TinyModel model = Model();
        AdapterFile adapter = model.Decoder.NewAdapter(seed: 1);

        ModelInspection none = await Store.InspectAsync(new ModelReference(model.Path), Token);
        ModelInspection one = await Store.InspectAsync(model.WithAdapter(adapter), Token);
        ModelInspection renamed = await Store.InspectAsync(model.WithAdapter(adapter, "copy.bin"), Token);
        ModelInspection other = await Store.InspectAsync(model.WithAdapter(model.Decoder.NewAdapter(seed: 2)), Token);

        Assert.Equal(one, renamed);
        Assert.Equal(none.Fingerprint, one.Base);
        Assert.Null(none.Base);
        Assert.Equal(none.Bytes + adapter.ToBytes().Length, one.Bytes);
        Assert.Equal(3, new[] { none, one, other }.Select(inspection => inspection.Fingerprint).Distinct().Count());
    }

    [Fact]
    public async Task InspectAsync_Adapter_FingerprintIsOverTheSortedHashesOfFilesAndAdapter()
    {
        using TinyModel model = Model();
        ModelReference reference = model.WithAdapter(model.Decoder.NewAdapter(seed: 1));
        string[] files = ["chat_template.jinja", "config.json", "generation_config.json", "onnx/model.onnx", "tokenizer.json", "tokenizer_config.json"];
        string Line(string name, string path) => $"{name}\0{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}\n";
        string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        string folder = string.Concat(files.Select(file => Line(file, model.File(file))));

        ModelInspection found = await Store.InspectAsync(reference, Token);

        Assert.Equal(Hash(folder), found.Base!.Hash);
        Assert.Equal(Hash(Line("/adapter", reference.Adapter!) + folder), found.Fingerprint.Hash);
    }

    [Fact]
    public async Task DescribeAsync_Adapter_TellsWhatTheGraphTakesAndTheFileHolds()
    {
        using TinyModel model = Model();

        ModelDescription description = await Store.DescribeAsync(model.WithAdapter(model.Decoder.NewAdapter(seed: 1)), Token);

        Assert.Equal("q0.lora_A fp32[16, 3]", description.AdapterInputs[0].ToString());
        Assert.Equal(description.AdapterInputs.Select(input => input.ToString()), description.Adapter!.Parameters.Select(input => input.ToString()));
        Assert.DoesNotContain(description.Inputs, input => input.Name.Contains("lora", StringComparison.Ordinal));
        Assert.Equal("", description.Canaries.Failures());
        Assert.StartsWith("logits differ from the base's by up to", description.Canaries.Canaries.Single(canary => canary.Name == "adapter").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("fused")]
    [InlineData("merged")]
    public async Task ProveAsync_AdapterThatChangesNothing_FailsItsCanaryAlone(string kind)
    {
        using TinyModel model = GraphKindTests.Model(kind, rank: 3);
        await using OnnxTextGenerator generator = await TinyModel.LoadAsync(model.WithAdapter(model.Decoder.NewAdapter(seed: 1, strength: 0)));

        CanaryReport report = await generator.ProveAsync(new GenerationSettings(), Token);

        Canary failed = Assert.Single(report.Canaries, canary => !canary.Passed);
        Assert.Equal("adapter", failed.Name);
        Assert.Contains("changes no logit", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProveAsync_AdapterWithoutNumbers_FailsItsCanary()
    {
        using TinyModel model = Model();
        AdapterFile broken = new([TinyDecoder.Parameter("q1.lora_B", [3, 16], [.. Enumerable.Repeat(float.NaN, 48)])]);
        await using OnnxTextGenerator generator = await TinyModel.LoadAsync(model.WithAdapter(broken));

        CanaryReport report = await generator.ProveAsync(new GenerationSettings(), Token);

        Assert.Contains("no numbers", report.Canaries.Single(canary => canary.Name == "adapter").Detail, StringComparison.Ordinal);
        Assert.False(report.Passed);
    }

    [Fact]
    public async Task ProveAsync_BeforeAnAnswer_LeavesTheAdapterOn()
    {
        using TinyModel model = Model();
        AdapterFile adapter = model.Decoder.NewAdapter(seed: 5);
        await using OnnxTextGenerator generator = await TinyModel.LoadAsync(model.WithAdapter(adapter));
        var settings = new GenerationSettings { MaxNewTokens = 12 };
        _ = await generator.ProveAsync(settings, Token);

        GeneratedText answer = await Ask.OneAsync(generator, Ask.Tokens("p", 5, 6, 7), settings);

        model.Decoder.Activate(adapter);
        Assert.Equal(NaiveGenerator.Generate(model.Decoder, "p", [5, 6, 7], settings, TinyModel.Eos), answer.OutputIds);
    }

    [Fact]
    public async Task TrySwitchAsync_OtherContentThanExpected_IsModelChangedAndNothingIsChanged()
    {
        using TinyModel model = Model();
        ModelReference one = model.WithAdapter(model.Decoder.NewAdapter(seed: 1)), two = model.WithAdapter(model.Decoder.NewAdapter(seed: 2), "two");
        await using OnnxTextGenerator generator = await TinyModel.LoadAsync(one);
        ModelInspection before = generator.Model;

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => generator.TrySwitchAsync(two, before.Fingerprint, Token));

        Assert.Equal(FailureKind.ModelChanged, error.Kind);
        Assert.Contains(before.Fingerprint.Short, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, generator.Model);
        Assert.True(await generator.TrySwitchAsync(two, (await Store.InspectAsync(two, Token)).Fingerprint, Token));
    }

    [Fact]
    public async Task TrySwitchAsync_AnotherBaseOrOneThatWasWrittenTo_MustBeLoaded()
    {
        using TinyModel model = Model(), other = Model();
        await using OnnxTextGenerator generator = await model.LoadAsync();
        ModelInspection before = generator.Model;

        Assert.False(await generator.TrySwitchAsync(new ModelReference(other.Path), null, Token));
        model.Write("config.json", """{"model_type":"tiny","max_position_embeddings":100}""");
        Assert.False(await generator.TrySwitchAsync(model.WithAdapter(model.Decoder.NewAdapter(seed: 1)), null, Token));
        File.Delete(model.File("config.json"));
        Assert.False(await generator.TrySwitchAsync(new ModelReference(model.Path), null, Token));
        Assert.Equal(before, generator.Model);
    }

    [Fact]
    public async Task TrySwitchAsync_WhileAnswering_IsRefused()
    {
        using TinyModel model = Model();
        ModelReference reference = model.WithAdapter(model.Decoder.NewAdapter(seed: 1));
        await using OnnxTextGenerator generator = await model.LoadAsync();
        await using var answers = generator.GenerateAsync([Ask.Tokens("p", 1)], new GenerationSettings(), Token).GetAsyncEnumerator(Token);
        Assert.True(await answers.MoveNextAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(() => generator.TrySwitchAsync(reference, null, Token));
    }

    private static TinyModel Model() => GraphKindTests.Model("plain", rank: 3);
}
