using Microsoft.Extensions.AI;
using RailCluster.Contracts;
using RailCluster.Services;

namespace RailCluster.Generation;

/// <summary>One chat request after another to one server, through Microsoft.Extensions.AI. Patience is not its business.</summary>
internal sealed class EndpointClient : IDisposable
{
    private readonly EndpointGeneratorOptions _options;
    private readonly ChatEndpoint _chats;

    public EndpointClient(EndpointGeneratorOptions options, TimeProvider time) =>
        (_options, _chats) = (options, new ChatEndpoint(new ChatAccess(options.Address, options.ModelName, options.Key, options.LargestBody), time));

    /// <summary>What the server says about itself.</summary>
    /// <exception cref="EndpointException">It cannot be asked.</exception>
    public Task<EndpointProfile> ProfileAsync(TimeProvider time, CancellationToken cancellationToken) =>
        EndpointProfile.AskAsync(_chats.Plain, _options, time, cancellationToken);

    /// <summary>Sends one request.</summary>
    /// <exception cref="EndpointException">There is no answer; the kind says what that means.</exception>
    public async Task<EndpointReply> AskAsync(
        IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions chat, GenerationSettings settings, CancellationToken cancellationToken)
    {
        var exchange = new Exchange();
        Exchange.Current.Value = exchange;
        try
        {
            ChatResponse response = await _chats.Client.GetResponseAsync(messages, chat, cancellationToken).ConfigureAwait(false);
            return Reply(response, exchange.Answer!, settings);
        }
        catch (Exception e) when (e is not EndpointException and not OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ChatEndpoint.FaultOf(e);
        }
    }

    public void Dispose() => _chats.Dispose();

    // A server that does not report tokens is taken at its word: 0 stands for "not told".
    private static EndpointReply Reply(ChatResponse response, WireAnswer wire, GenerationSettings settings)
    {
        int prompt = Tokens(response.Usage?.InputTokenCount), output = Tokens(response.Usage?.OutputTokenCount);
        if (output > settings.MaxNewTokens)
            throw new EndpointException(FaultKind.Refused, $"the server generated {output} tokens where at most {settings.MaxNewTokens} were asked for: it does not keep to the limit");
        return new EndpointReply(new GenerationOutcome.Answered(wire.Refusal ?? response.Text, wire.Finish, prompt, output), wire);
    }

    private static int Tokens(long? count) => (int)Math.Clamp(count ?? 0, 0, int.MaxValue);
}

/// <summary>An answer, and what the server said around it.</summary>
internal sealed record EndpointReply(GenerationOutcome.Answered Answer, WireAnswer Wire);
