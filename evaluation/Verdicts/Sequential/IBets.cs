namespace RailCluster.Evaluation;

/// <summary>
/// How a <see cref="BettingProcess"/> bets: one or several bettors, each with a stake of its own, all fixed before the next value is seen. A stake
/// is 0 or more and below 1 over the mean, so that no bettor can lose all.
/// </summary>
public interface IBets
{
    /// <summary>Bettors; they begin with equal shares of 1.</summary>
    int Bettors { get; }

    /// <summary>Writes every bettor's stake on the next value.</summary>
    /// <param name="first">The mean that the hypothesis allowed before the first value, above 0 and below 1.</param>
    /// <param name="mean">The mean that the hypothesis allows for the values still to come, above 0 and below 1.</param>
    /// <param name="stakes">One a bettor.</param>
    void Place(double first, double mean, Span<double> stakes);

    /// <summary>Takes in a value, 0 to 1, after the bets on it were settled.</summary>
    void See(double value);
}
