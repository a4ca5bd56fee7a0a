namespace RailCluster.Grains;

/// <summary>Saving state without ever going on from what was not saved.</summary>
internal static class GrainStateExtensions
{
    /// <summary>
    /// Saves; where that fails the activation ends, because its memory may now differ from what rests, and the next one reads what rests.
    /// </summary>
    public static async Task SaveAsync<T>(this Grain grain, IPersistentState<T> state)
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            grain.GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, "its state could not be saved"));
            throw;
        }
    }
}
