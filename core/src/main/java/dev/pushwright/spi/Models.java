// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.api.ContentModel;
import dev.pushwright.api.Model;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Saves models to files and loads them again. A loaded model answers to the bit as the saved one
 * did, without the data it was fitted to.
 *
 * <p>A file has the layout of {@link TensorFileWriter}. Its metadata says what it is:
 *
 * <ul>
 *   <li>{@value #FORMAT}: the version of the format, {@value #VERSION}
 *   <li>{@value #ROLE}: {@code profiler}, {@code recommender} or {@code generator}
 *   <li>{@value #PROVIDER}: the name of the provider, which reads it
 *   <li>{@value #LIBRARY}: the version of Pushwright that fitted the model
 *   <li>{@value #DATA}: the fingerprint of the data it was fitted to
 *   <li>{@value #MATMUL}: the tier that matrices were multiplied by, where it is known
 *   <li>{@code pushwright.option.NAME}: each option, as text
 *   <li>{@code model.…}: short texts of the model's own
 * </ul>
 *
 * <p>Saving replaces a file as a whole or not at all, see {@link TensorFileWriter#write}. Loading
 * runs no code but the provider's, and trusts nothing in the file.
 */
public final class Models {

  static final String FORMAT = "pushwright.format";
  static final String ROLE = "pushwright.role";
  static final String PROVIDER = "pushwright.provider";
  static final String LIBRARY = "pushwright.version";
  static final String DATA = "pushwright.data";
  static final String MATMUL = "pushwright.matmul";
  static final String OPTION = "pushwright.option.";

  static final int VERSION = 1;

  private static final String PROFILER = "profiler";
  private static final String RECOMMENDER = "recommender";
  private static final String GENERATOR = "generator";
  private static final List<String> ROLES = List.of(PROFILER, RECOMMENDER, GENERATOR);

  private Models() {}

  /**
   * Saves a model.
   *
   * @param model the model
   * @param file where to; an existing file is replaced
   * @throws UncheckedIOException when it cannot be written
   * @throws UnsupportedOperationException when the model is of a kind that cannot be saved
   * @throws IllegalArgumentException when an id or another text in it is no well-formed Unicode
   */
  public static void save(Model model, Path file) {
    Provenance provenance = model.provenance();
    TensorFileWriter out =
        new TensorFileWriter()
            .metadata(FORMAT, String.valueOf(VERSION))
            .metadata(ROLE, role(model))
            .metadata(PROVIDER, provenance.algorithm())
            .metadata(LIBRARY, provenance.version())
            .metadata(DATA, provenance.data());
    if (!provenance.matmul().isEmpty()) {
      out.metadata(MATMUL, provenance.matmul());
    }
    provenance.options().forEach((name, value) -> out.metadata(OPTION + name, value));
    model.save(new ModelWriter(out));
    out.write(file);
  }

  private static String role(Model model) {
    if (model instanceof RecommenderModel) {
      return RECOMMENDER;
    }
    if (model instanceof ProfileModel) {
      return PROFILER;
    }
    if (model instanceof ContentModel) {
      return GENERATOR;
    }
    throw new IllegalArgumentException(
        model.getClass().getName() + " is a model of none of the roles " + ROLES);
  }

  /**
   * Loads a model of any role.
   *
   * @param file what {@link #save} wrote
   * @param plugins where its provider is looked for
   * @return the model
   * @throws ModelFormatException when the file is damaged, of a newer version, no model, or was
   *     saved with options that its provider does not take
   * @throws IllegalArgumentException when its provider is not among the plug-ins
   * @throws UncheckedIOException when it cannot be read, such as when it does not exist
   */
  public static Model load(Path file, Plugins plugins) {
    try (TensorFile in = TensorFile.open(file)) {
      requireFormat(in);
      String role = in.metadata(ROLE);
      if (!ROLES.contains(role)) {
        throw new ModelFormatException(
            file + " is of the role \"" + role + "\"; known are " + ROLES);
      }
      return read(in, provider(in, role, plugins));
    }
  }

  /**
   * Loads a recommender's model.
   *
   * @param file what {@link #save} wrote
   * @param plugins where its provider is looked for
   * @return the model
   * @throws ModelFormatException as {@link #load} does, and when it is a model of another role
   * @throws IllegalArgumentException when its provider is not among the plug-ins
   * @throws UncheckedIOException when it cannot be read, such as when it does not exist
   */
  public static RecommenderModel loadRecommender(Path file, Plugins plugins) {
    return load(file, plugins, RECOMMENDER, RecommenderModel.class);
  }

  /**
   * Loads a profiler's model.
   *
   * @param file what {@link #save} wrote
   * @param plugins where its provider is looked for
   * @return the model
   * @throws ModelFormatException as {@link #load} does, and when it is a model of another role
   * @throws IllegalArgumentException when its provider is not among the plug-ins
   * @throws UncheckedIOException when it cannot be read, such as when it does not exist
   */
  public static ProfileModel loadProfiler(Path file, Plugins plugins) {
    return load(file, plugins, PROFILER, ProfileModel.class);
  }

  /**
   * Loads a generator's model.
   *
   * @param file what {@link #save} wrote
   * @param plugins where its provider is looked for
   * @return the model
   * @throws ModelFormatException as {@link #load} does, and when it is a model of another role
   * @throws IllegalArgumentException when its provider is not among the plug-ins
   * @throws UncheckedIOException when it cannot be read, such as when it does not exist
   */
  public static ContentModel loadGenerator(Path file, Plugins plugins) {
    return load(file, plugins, GENERATOR, ContentModel.class);
  }

  private static <M extends Model> M load(Path file, Plugins plugins, String role, Class<M> type) {
    try (TensorFile in = TensorFile.open(file)) {
      requireFormat(in);
      if (!in.metadata(ROLE).equals(role)) {
        throw new ModelFormatException(
            file
                + " is the model of a "
                + in.metadata(ROLE)
                + " ("
                + in.metadata(PROVIDER)
                + "); that of a "
                + role
                + " was asked for");
      }
      return type.cast(read(in, provider(in, role, plugins)));
    }
  }

  private static void requireFormat(TensorFile in) {
    String format = in.metadata().get(FORMAT);
    if (format == null) {
      throw new ModelFormatException(
          in.path() + " is no model of Pushwright: its metadata have no " + FORMAT);
    }
    if (!format.matches("[1-9][0-9]{0,8}")) {
      throw new ModelFormatException(
          in.path() + " is of the format \"" + format + "\", which is no version");
    }
    if (Integer.parseInt(format) > VERSION) {
      throw new ModelFormatException(
          in.path()
              + " is of the format "
              + format
              + ", written by a newer Pushwright; this one reads up to "
              + VERSION
              + ": update, or save the model with the older version");
    }
  }

  private static Provider<?> provider(TensorFile in, String role, Plugins plugins) {
    String name = in.metadata(PROVIDER);
    try {
      return switch (role) {
        case RECOMMENDER -> plugins.recommender(name);
        case PROFILER -> plugins.profiler(name);
        default -> plugins.generator(name);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(in.path() + ": " + e.getMessage(), e);
    }
  }

  private static Model read(TensorFile in, Provider<?> provider) {
    Map<String, String> options = new TreeMap<>();
    in.metadata()
        .forEach(
            (key, value) -> {
              if (key.startsWith(OPTION)) {
                options.put(key.substring(OPTION.length()), value);
              }
            });
    String name = in.metadata(PROVIDER);
    Provenance provenance =
        new Provenance(
            name,
            options,
            in.metadata(DATA),
            in.metadata(LIBRARY),
            in.metadata().getOrDefault(MATMUL, ""));
    try {
      provider.options().resolve(provenance);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          in.path() + " was saved with options that " + name + " does not take: " + e.getMessage(),
          e);
    }
    try {
      return provider.read(new ModelReader(in), provenance);
    } catch (ModelFormatException | UncheckedIOException | UnsupportedOperationException e) {
      throw e;
    } catch (RuntimeException e) {
      // What a provider does not notice in a damaged file, it trips over.
      throw new ModelFormatException(
          in.path() + " cannot be read by " + provider.getClass().getName() + ": " + e, e);
    }
  }
}
