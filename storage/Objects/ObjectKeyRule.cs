namespace RailCluster.Storage;

/// <summary>The rule for keys that <see cref="Evaluation.IObjectStore"/> states, the same for every store.</summary>
internal static class ObjectKeyRule
{
    /// <summary>The most characters of a key.</summary>
    public const int MaxLength = 1024;

    /// <summary>The first character after every allowed one: the end of a range over keys.</summary>
    public const char AfterLast = '\x7f';

    /// <summary>Checks a key.</summary>
    /// <exception cref="ArgumentException">The key breaks the rule; the message says where.</exception>
    public static void Check(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length == 0) throw new ArgumentException("an object key is not empty", nameof(key));
        CheckCharacters(key, nameof(key));
        if (key.Contains("//", StringComparison.Ordinal)) throw new ArgumentException($"object key '{key}' contains '//'", nameof(key));
        if (key.Split('/').Any(segment => segment is "." or ".."))
            throw new ArgumentException($"object key '{key}' has '.' or '..' as a segment", nameof(key));
    }

    /// <summary>Checks the beginning of a key; empty stands for every key.</summary>
    /// <exception cref="ArgumentException">No key begins like this.</exception>
    public static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        CheckCharacters(prefix, nameof(prefix));
    }

    /// <summary>The smallest text after every key with the prefix.</summary>
    public static string EndOf(string prefix) => prefix.Length == 0 ? $"{AfterLast}" : $"{prefix[..^1]}{(char)(prefix[^1] + 1)}";

    private static void CheckCharacters(string text, string parameter)
    {
        if (text.Length > MaxLength)
            throw new ArgumentException($"object key '{text[..40]}…' has {text.Length} characters; at most {MaxLength} are allowed", parameter);

        var wrong = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (wrong < 0) wrong = text.IndexOf('\\', StringComparison.Ordinal);
        if (wrong < 0) return;
        throw new ArgumentException(
            $"object key has U+{(int)text[wrong]:X4} at position {wrong}; only printable ASCII without '\\' is allowed", parameter);
    }
}
