using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Opens the tokenizers of model folders for models that read texts, such as classifiers.</summary>
public static class TextEncoders
{
    /// <summary>Reads <c>tokenizer.json</c> of a folder.</summary>
    /// <exception cref="RailInputException">It is missing, damaged, or asks for what is not supported.</exception>
    public static ITextEncoder Open(string folder)
    {
        try
        {
            return TextEncoder.Load(folder);
        }
        catch (ModelException fault)
        {
            throw new RailInputException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RailInputException($"{folder}: tokenizer.json cannot be read ({fault.Message})", fault);
        }
    }
}
