using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A loaded model that can answer under another adapter while its base stays loaded. Not while another call is under way.</summary>
public interface IAdapterHost
{
    /// <summary>Takes up a model's adapter, or none where the model names none.</summary>
    /// <param name="model">Where it lies.</param>
    /// <param name="expected">Content it must have; null to take what is there.</param>
    /// <param name="cancellationToken">Cancels before anything is changed.</param>
    /// <returns>False, with nothing changed, where the base is another or was written to: the model must be loaded.</returns>
    /// <exception cref="ModelException">The adapter is gone, unusable or for another base, or the content is another; nothing is changed.</exception>
    Task<bool> TrySwitchAsync(ModelReference model, ModelFingerprint? expected, CancellationToken cancellationToken = default);
}
