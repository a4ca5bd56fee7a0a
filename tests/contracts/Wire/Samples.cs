using System.Collections.Immutable;
using System.Reflection;

namespace RailCluster.Contracts.Tests;

/// <summary>Makes a value of any wire type. Every number and text is another one, so that two exchanged members show.</summary>
/// <param name="full">Whether optional members are set and collections hold something.</param>
internal sealed class Samples(bool full)
{
    private readonly List<Type> _underWay = [];
    private int _last;

    public object Of(Type type)
    {
        if (type == typeof(string)) return $"text \"{++_last}\" ü\u2028\n";
        if (type == typeof(int)) return ++_last;
        if (type == typeof(long)) return ++_last + (1L << 40);
        if (type == typeof(double)) return ++_last + 0.1;
        if (type == typeof(bool)) return full;
        if (type == typeof(TimeSpan)) return TimeSpan.FromSeconds(++_last);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(++_last % Enum.GetValues(type).Length)!;
        if (type.IsGenericType) return OfGeneric(type);
        if (type.IsAbstract) return Of(type.GetNestedTypes()[++_last % type.GetNestedTypes().Length]);
        if (WireTypes.All.Contains(type)) return OfRecord(type);
        throw new NotSupportedException($"{type} is no known part of a wire record; teach {nameof(Samples)} about it");
    }

    private object OfRecord(Type type)
    {
        var arguments = WireTypes.Parameters(type)
            .Select(parameter => IsOptional(new NullabilityInfoContext().Create(parameter)) && !full ? null : Of(Bare(parameter.ParameterType)));
        _underWay.Add(type);
        var record = Activator.CreateInstance(type, [.. arguments])!;
        foreach (var (_, property) in WireTypes.Members(type))
        {
            var optional = IsOptional(new NullabilityInfoContext().Create(property));
            // A record may hold one of its own kind; the second ends the line.
            property.SetValue(record, optional && (!full || _underWay.Count(other => other == Bare(property.PropertyType)) > 1) ? null : Of(Bare(property.PropertyType)));
        }

        _underWay.Remove(type);
        return record;
    }

    private object OfGeneric(Type type)
    {
        var arguments = type.GetGenericArguments();
        var definition = type.GetGenericTypeDefinition();
        var make = definition == typeof(ImmutableArray<>) ? nameof(ArrayOf)
            : definition == typeof(ImmutableSortedDictionary<,>) ? nameof(DictionaryOf)
            : throw new NotSupportedException($"{type} is no known part of a wire record; teach {nameof(Samples)} about it");
        return GetType().GetMethod(make, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(arguments).Invoke(this, null)!;
    }

    private ImmutableArray<T> ArrayOf<T>() => full ? [(T)Of(typeof(T)), (T)Of(typeof(T))] : [];

    private ImmutableSortedDictionary<TKey, TValue> DictionaryOf<TKey, TValue>()
        where TKey : notnull =>
        full
            ? ImmutableSortedDictionary<TKey, TValue>.Empty.SetItem((TKey)Of(typeof(TKey)), (TValue)Of(typeof(TValue)))
                .SetItem((TKey)Of(typeof(TKey)), (TValue)Of(typeof(TValue)))
            : ImmutableSortedDictionary<TKey, TValue>.Empty;

    private static bool IsOptional(NullabilityInfo member) => member.WriteState == NullabilityState.Nullable;

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
