using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Hosting;

/// <summary>Binds a body with MVC's body binder alone: its JSON options, no validation.</summary>
/// <exception cref="InvalidOperationException">Malformed, empty or of another content type, with all messages.</exception>
internal sealed class FromBodyConverter : IInputConverter
{
    public async ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        if (context.FunctionContext.GetHttpContext() is not { } http)
            throw new InvalidOperationException("[FromBody] needs an HTTP trigger and ConfigureFunctionsWebApplication().");

        var services = context.FunctionContext.InstanceServices;
        var metadata = services.GetRequiredService<IModelMetadataProvider>().GetMetadataForType(context.TargetType);
        var body = new BindingInfo { BindingSource = BindingSource.Body };
        var binder = services.GetRequiredService<IModelBinderFactory>().CreateBinder(
            new ModelBinderFactoryContext { Metadata = metadata, BindingInfo = body, CacheToken = (metadata, BindingSource.Body) });
        var binding = DefaultModelBindingContext.CreateBindingContext(
            new ActionContext(http, http.GetRouteData(), new ActionDescriptor()), new CompositeValueProvider(), metadata, body, string.Empty);
        await binder.BindModelAsync(binding);
        if (binding.ModelState.IsValid && binding.Result.IsModelSet)
            return ConversionResult.Success(binding.Result.Model);

        var faults = binding.ModelState.Values.SelectMany(entry => entry.Errors)
            .Select(error => string.IsNullOrEmpty(error.ErrorMessage) ? error.Exception?.Message : error.ErrorMessage);
        throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
    }
}
