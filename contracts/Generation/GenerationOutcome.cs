using System.Text.Json.Serialization;

namespace RailCluster.Contracts;

/// <summary>Why an answer ended.</summary>
[GenerateSerializer, Alias("rail.FinishReason")]
public enum FinishReason
{
    /// <summary>The model said so.</summary>
    Eos,

    /// <summary>A stop string was reached.</summary>
    Stop,

    /// <summary>The limit on new tokens, or the model's context, was reached.</summary>
    Length,
}

/// <summary>What became of one prompt.</summary>
[GenerateSerializer, Alias("rail.GenerationOutcome")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Unanswerable), "unanswerable")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record GenerationOutcome
{
    private GenerationOutcome()
    {
    }

    /// <summary>The model answered.</summary>
    /// <param name="Text">The answer without special tokens.</param>
    /// <param name="Finish">Why it ended.</param>
    /// <param name="PromptTokens">Tokens of the prompt as the model saw it; 0 where a server does not tell.</param>
    /// <param name="OutputTokens">Tokens generated, the end token included; 0 where a server does not tell.</param>
    [GenerateSerializer, Alias("rail.GenerationOutcome.Answered")]
    public sealed record Answered(string Text, FinishReason Finish, int PromptTokens, int OutputTokens) : GenerationOutcome;

    /// <summary>The model cannot be asked this (such as a prompt beyond its context). A result.</summary>
    [GenerateSerializer, Alias("rail.GenerationOutcome.Unanswerable")]
    public sealed record Unanswerable(string Reason) : GenerationOutcome;

    /// <summary>The attempt failed. Never a result.</summary>
    [GenerateSerializer, Alias("rail.GenerationOutcome.Failed")]
    public sealed record Failed(string Error, bool Retryable) : GenerationOutcome;
}
