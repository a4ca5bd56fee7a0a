using Microsoft.ML.OnnxRuntime.Tensors;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>The way of a GPU, walked on the one device that every machine has: slots in memory that only ONNX Runtime touches.</summary>
public sealed class DeviceMemoryTests
{
    private static readonly GenerationSettings Greedy = new() { MaxNewTokens = 30 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_SlotsInDeviceMemory_GivesTheTokensOfFullRecomputation(bool sharedBeginning)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { Fused = true });
        int[] header = sharedBeginning ? [.. Enumerable.Range(0, 70).Select(i => i * 37 % 300)] : [];
        GenerationRequest[] prompts = [.. Ask.Ragged(40).Select(prompt => Ask.Tokens(prompt.Id, [.. header, .. ((PromptInput.Tokens)prompt.Input).Ids]))];
        using DecoderSession session = Open(model);
        using KvCache cache = session.NewCache(CacheKind.Shared, 5);
        Assert.IsType<DeviceKvCache>(cache);

        var answers = Generate(model, session, prompts);

        Assert.All(prompts, prompt => Assert.Equal(
            NaiveGenerator.Generate(model.Decoder, prompt.Id, ((PromptInput.Tokens)prompt.Input).Ids, Greedy, TinyModel.Eos), answers[prompt.Id].OutputIds));
    }

    [Theory]
    [InlineData("tpu", 0, 0, "device provider tpu: is cpu or cuda")]
    [InlineData("cpu", -1, 0, "device index -1")]
    [InlineData("cpu", 0, -5, "memory -5")]
    public void Store_DeviceThatIsNone_IsRefusedByName(string provider, int index, long memory, string named) => Assert.Contains(
        named,
        Assert.Throws<RailInputException>(() => new OnnxModelStore(new OnnxModelStoreOptions { Device = new ComputeDevice(provider, index, memory) })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(TensorElementType.Float)]
    [InlineData(TensorElementType.Float16)]
    public void Of_CopyGraph_IsReadAsOneIdentity(TensorElementType type)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("copy.onnx"), CopyGraph.Of(type));

        GraphSummary summary = OnnxGraphReader.Read(folder.File("copy.onnx"));

        Assert.Equal(["Identity"], summary.Operators);
        Assert.Equal(type, ElementTypes.Find(Assert.Single(summary.Inputs).Type));
        Assert.Equal(4, Assert.Single(summary.Outputs).Shape.Length);
    }

    private static DecoderSession Open(TinyModel model)
    {
        string graph = model.File("onnx/model.onnx");
        return new DecoderSession(graph, GraphSigner.Sign(OnnxGraphReader.Read(graph), new GraphNames()), 1, memory: "Cpu");
    }

    private static Dictionary<string, GeneratedText> Generate(TinyModel model, DecoderSession session, GenerationRequest[] prompts)
    {
        GraphSignature signature = GraphSigner.Sign(OnnxGraphReader.Read(model.File("onnx/model.onnx")), new GraphNames());
        ModelTokenizer tokenizer = ModelTokenizer.Load(model.Path);
        PreparedPrompt Prepare(GenerationRequest request, GenerationSettings settings)
        {
            int[] ids = [.. ((PromptInput.Tokens)request.Input).Ids];
            return new PreparedPrompt(ids, new AnswerRow(request.Id, ids, settings.MaxNewTokens, settings, [TinyModel.Eos], tokenizer), null);
        }

        var answers = new Dictionary<string, GeneratedText>();
        new BatchLoop(session, signature, Prepare, CacheKind.Shared, 5, TimeProvider.System).Run(
            prompts, Greedy, (answer, _) => answers.Add(answer.Id, answer), TestContext.Current.CancellationToken);
        return answers;
    }
}
