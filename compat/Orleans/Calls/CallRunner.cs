using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A request for a method of known types.</summary>
internal static class CallRunner
{
    /// <summary>Runs the method within the activation's turn; the answer, or the failure, goes to the call.</summary>
    public static async Task RunAsync<TArgs, TResult>(ICallOf<TArgs, TResult> call, object instance, Activation? activation)
        where TArgs : struct
    {
        try
        {
            var self = (Call)call;
            if (self.Context is not null)
                RequestContext.Set(self.Context);
            call.Complete(await call.Descriptor.Invoke(instance, ref call.Arguments).ConfigureAwait(true));
        }
        catch (Exception exception)
        {
            if (exception is InconsistentStateException { IsSourceActivation: true } stale && activation is not null)
            {
                stale.IsSourceActivation = false;
                activation.Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "The state has been written by someone else"));
            }

            ((Call)call).Fail(exception);
        }

        activation?.Ended((Call)call);
    }
}
